from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0012_marks_of_the_clock"),
    ]

    operations = [
        migrations.CreateModel(
            name="TaskTrouble",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="种类")),
                ("piece", models.BigIntegerField(verbose_name="任务")),
                ("times", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                ("at", models.DateTimeField(verbose_name="最近一次")),
                ("error", models.TextField(blank=True, verbose_name="原因")),
            ],
            options={
                "verbose_name": "没有做成的后台任务",
                "verbose_name_plural": "没有做成的后台任务",
                "permissions": [("view_task", "查看和重试后台任务")],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "piece"), name="one_trouble_a_piece")
                ],
            },
        ),
    ]
