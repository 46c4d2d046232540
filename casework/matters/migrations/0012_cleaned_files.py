import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0011_rights"),
    ]

    operations = [
        migrations.AddField(
            model_name="matterfile",
            name="original",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="matters.matterfile",
                verbose_name="原件",
            ),
        ),
        migrations.AddField(
            model_name="matterfile",
            name="received_sha256",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="matterfile",
            name="removed",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="清除的痕迹"
            ),
        ),
        migrations.AddField(
            model_name="historicalmatterfile",
            name="original",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matterfile",
                verbose_name="原件",
            ),
        ),
        migrations.AddField(
            model_name="historicalmatterfile",
            name="received_sha256",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="historicalmatterfile",
            name="removed",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="清除的痕迹"
            ),
        ),
    ]
