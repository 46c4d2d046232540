from django.db import migrations, models


def _id():
    return (
        "id",
        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0011_outbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tick",
            fields=[
                _id(),
                ("name", models.CharField(max_length=20, unique=True)),
                ("on", models.DateField(null=True)),
                ("source", models.CharField(blank=True, max_length=80)),
                ("after", models.CharField(blank=True, max_length=40)),
                ("held_until", models.DateTimeField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "期限提醒的进度",
                "verbose_name_plural": "期限提醒的进度",
            },
        ),
        migrations.CreateModel(
            name="TickMark",
            fields=[
                _id(),
                ("kind", models.CharField(max_length=80, verbose_name="记录种类")),
                ("object_id", models.BigIntegerField(verbose_name="记录")),
                ("what", models.CharField(max_length=12, verbose_name="提醒")),
                ("last_day", models.DateField(verbose_name="最后一天")),
                ("on", models.DateField(verbose_name="到点日期")),
                ("told", models.BooleanField(verbose_name="已提醒")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "期限提醒",
                "verbose_name_plural": "期限提醒",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["kind", "object_id", "what", "last_day"],
                        name="one_mark_a_last_day",
                    )
                ],
            },
        ),
    ]
