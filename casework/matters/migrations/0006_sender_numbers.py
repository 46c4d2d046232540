"""A sender's number is found at once, indexed for search or not."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0005_large_ledgers'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['source_number'], name='matter_sender_number'),
        ),
    ]
