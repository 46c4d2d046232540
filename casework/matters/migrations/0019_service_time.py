from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0018_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalservice',
            name='time',
            field=models.TimeField(null=True, verbose_name='送达时刻'),
        ),
        migrations.AddField(
            model_name='service',
            name='time',
            field=models.TimeField(null=True, verbose_name='送达时刻'),
        ),
    ]
