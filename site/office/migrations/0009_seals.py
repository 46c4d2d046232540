from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0008_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChainSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(unique=True, verbose_name="序号")),
                ("at", models.DateTimeField(verbose_name="封存时间")),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("spans", models.JSONField()),
                ("reached", models.JSONField()),
                ("head", models.CharField(max_length=64, unique=True, verbose_name="封存值")),
            ],
            options={"verbose_name": "封存", "verbose_name_plural": "封存"},
        ),
        migrations.CreateModel(
            name="SealCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("reached", models.BigIntegerField(default=0)),
                ("head", models.CharField(blank=True, max_length=64)),
                ("rows", models.BigIntegerField(default=0)),
                ("problems", models.TextField(blank=True)),
            ],
            options={"verbose_name": "封存校验", "verbose_name_plural": "封存校验"},
        ),
    ]
