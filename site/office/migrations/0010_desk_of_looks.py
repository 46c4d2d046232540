import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import office.vault

_PERSON = settings.AUTH_USER_MODEL
_ACTS = [
    ("open", "打开"),
    ("file", "打开材料"),
    ("download", "下载材料"),
    ("print", "打印"),
    ("search", "查找"),
    ("ledger", "台账"),
    ("export", "导出"),
    ("clear", "明文导出"),
]


def _id():
    return (
        "id",
        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
    )


def _link(to, name=None, **more):
    options = {"related_name": "+"} | more
    if name:
        options["verbose_name"] = name
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=to, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0009_seals"),
    ]

    operations = [
        migrations.AddField(
            model_name="look",
            name="act",
            field=models.CharField(
                choices=_ACTS, default="open", max_length=10, verbose_name="方式"
            ),
        ),
        migrations.AddField(
            model_name="look", name="outside", field=models.BooleanField(default=False)
        ),
        migrations.AddField(model_name="look", name="typed", field=models.BooleanField(default=True)),
        migrations.CreateModel(
            name="LookFinding",
            fields=[
                _id(),
                ("rule", models.CharField(max_length=20, verbose_name="规则")),
                ("key", models.CharField(max_length=140, unique=True)),
                ("at", models.DateTimeField(verbose_name="发现时间")),
                ("day", models.DateField(verbose_name="日期")),
                ("kind", models.CharField(blank=True, max_length=80, verbose_name="记录种类")),
                ("object_id", models.BigIntegerField(default=0)),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="记录")),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("count", models.PositiveIntegerField(verbose_name="次数")),
                ("told", models.CharField(max_length=300, verbose_name="规则说明")),
                ("person", _link(_PERSON, "查看人", null=True, db_index=False)),
            ],
            options={
                "verbose_name": "查看提示",
                "verbose_name_plural": "查看提示",
                "indexes": [
                    models.Index(fields=["person", "id"], name="finding_person"),
                    models.Index(fields=["rule", "id"], name="finding_rule"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookNote",
            fields=[
                _id(),
                ("at", models.DateTimeField(verbose_name="核查时间")),
                (
                    "said",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="核查情况"
                    ),
                ),
                ("data_key", _link("office.datakey")),
                ("finding", _link("office.lookfinding", related_name="notes")),
                ("person", _link(_PERSON, "核查人")),
                ("post", _link("office.post", null=True)),
            ],
            options={"verbose_name": "查看核查", "verbose_name_plural": "查看核查"},
        ),
    ]
