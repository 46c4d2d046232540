import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import office.vault


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0020_cooperation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchiveFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="卷号")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="第几次归档")),
                ("archived_on", models.DateField(verbose_name="归档日期")),
                ("retention", models.CharField(max_length=20, verbose_name="保管期限")),
                ("box", models.CharField(blank=True, max_length=40, verbose_name="存放位置")),
                ("taken_out_on", models.DateField(null=True, verbose_name="调出日期")),
                ("note", office.vault.VaultField(blank=True, default=b"", verbose_name="调出说明")),
            ],
            options={
                "verbose_name": "归档卷",
                "verbose_name_plural": "归档卷",
            },
        ),
        migrations.CreateModel(
            name="ArchiveLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField(verbose_name="第几次归档")),
                ("n", models.PositiveSmallIntegerField(verbose_name="顺序号")),
                (
                    "what",
                    models.CharField(
                        choices=[("document", "文书"), ("file", "材料"), ("move", "经过")],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="题名")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("responsible", models.CharField(blank=True, max_length=60, verbose_name="责任者")),
                ("on", models.DateField(verbose_name="日期")),
                ("pages", models.PositiveSmallIntegerField(null=True, verbose_name="页数")),
            ],
            options={
                "verbose_name": "卷内目录",
                "verbose_name_plural": "卷内目录",
                "ordering": ["archive", "edition", "n"],
            },
        ),
        migrations.CreateModel(
            name="CitedPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="来源")),
                ("page", models.PositiveBigIntegerField(verbose_name="页面")),
                ("revision", models.PositiveBigIntegerField(verbose_name="版本")),
                ("title", models.CharField(max_length=255, verbose_name="标题")),
                ("text", models.TextField(blank=True, verbose_name="当时的内容")),
                ("released_at", models.DateTimeField(verbose_name="发布时间")),
            ],
            options={
                "verbose_name": "引用过的政策页面",
                "verbose_name_plural": "引用过的政策页面",
            },
        ),
        migrations.CreateModel(
            name="Easing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("on", models.DateField(verbose_name="缓和日期")),
                (
                    "reason",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="缓和的情况和原因"
                    ),
                ),
                ("next_on", models.DateField(verbose_name="下次联系日")),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("again", "再次缓和"),
                            ("settled", "已化解"),
                            ("back", "矛盾反复"),
                            ("over", "不再需要联系"),
                        ],
                        max_length=8,
                        verbose_name="怎样结束",
                    ),
                ),
                (
                    "result",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="再次联系的情况"),
                ),
            ],
            options={
                "verbose_name": "阶段性缓和",
                "verbose_name_plural": "阶段性缓和",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("follow_30", "办结后 30 日回访"),
                            ("follow_90", "办结后 90 日回访"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="最迟回访日")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("keeps", "落实到位，没有反复"),
                            ("broken", "没有落实或有反复"),
                            ("not_reached", "没有联系上"),
                            ("not_wanted", "信访人不愿回访"),
                            ("dropped", "恢复办理，不再回访"),
                        ],
                        max_length=12,
                        verbose_name="结果",
                    ),
                ),
                ("done_on", models.DateField(null=True, verbose_name="回访日期")),
            ],
            options={
                "verbose_name": "回访",
                "verbose_name_plural": "回访",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="FollowUpCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="回访日期")),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("keeps", "落实到位，没有反复"),
                            ("broken", "没有落实或有反复"),
                            ("not_reached", "没有联系上"),
                            ("not_wanted", "信访人不愿回访"),
                            ("dropped", "恢复办理，不再回访"),
                        ],
                        max_length=12,
                        verbose_name="结果",
                    ),
                ),
                (
                    "words",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="回访情况"),
                ),
            ],
            options={
                "verbose_name": "回访经过",
                "verbose_name_plural": "回访经过",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="FourPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("solved", "诉求合理的解决问题到位"),
                            ("explained", "诉求无理的思想教育到位"),
                            ("helped", "生活困难的帮扶救助到位"),
                            ("lawful", "行为违法的依法处理"),
                        ],
                        max_length=10,
                        verbose_name="方面",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("applies", models.BooleanField(verbose_name="适用")),
                (
                    "words",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="怎样落实"),
                ),
                (
                    "body",
                    models.CharField(blank=True, max_length=60, verbose_name="依法处理的机关"),
                ),
                (
                    "document",
                    models.CharField(blank=True, max_length=60, verbose_name="处理文书编号"),
                ),
                ("on", models.DateField(verbose_name="填写日期")),
            ],
            options={
                "verbose_name": "三到位一处理",
                "verbose_name_plural": "三到位一处理",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="FourPartFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("dropped", models.BooleanField(default=False, verbose_name="不再作为佐证")),
            ],
            options={
                "verbose_name": "三到位一处理的佐证",
                "verbose_name_plural": "三到位一处理的佐证",
            },
        ),
        migrations.CreateModel(
            name="HistoricalArchiveFile",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("history_change_reason", models.TextField(null=True)),
                ("number", models.CharField(max_length=20, verbose_name="卷号")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="第几次归档")),
                ("archived_on", models.DateField(verbose_name="归档日期")),
                ("retention", models.CharField(max_length=20, verbose_name="保管期限")),
                ("box", models.CharField(blank=True, max_length=40, verbose_name="存放位置")),
                ("taken_out_on", models.DateField(null=True, verbose_name="调出日期")),
                ("note", office.vault.VaultField(blank=True, default=b"", verbose_name="调出说明")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 归档卷",
                "verbose_name_plural": "historical 归档卷",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEasing",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("history_change_reason", models.TextField(null=True)),
                ("on", models.DateField(verbose_name="缓和日期")),
                (
                    "reason",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="缓和的情况和原因"
                    ),
                ),
                ("next_on", models.DateField(verbose_name="下次联系日")),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("again", "再次缓和"),
                            ("settled", "已化解"),
                            ("back", "矛盾反复"),
                            ("over", "不再需要联系"),
                        ],
                        max_length=8,
                        verbose_name="怎样结束",
                    ),
                ),
                (
                    "result",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="再次联系的情况"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 阶段性缓和",
                "verbose_name_plural": "historical 阶段性缓和",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFollowUp",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("follow_30", "办结后 30 日回访"),
                            ("follow_90", "办结后 90 日回访"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="最迟回访日")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("keeps", "落实到位，没有反复"),
                            ("broken", "没有落实或有反复"),
                            ("not_reached", "没有联系上"),
                            ("not_wanted", "信访人不愿回访"),
                            ("dropped", "恢复办理，不再回访"),
                        ],
                        max_length=12,
                        verbose_name="结果",
                    ),
                ),
                ("done_on", models.DateField(null=True, verbose_name="回访日期")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 回访",
                "verbose_name_plural": "historical 回访",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFourPart",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("solved", "诉求合理的解决问题到位"),
                            ("explained", "诉求无理的思想教育到位"),
                            ("helped", "生活困难的帮扶救助到位"),
                            ("lawful", "行为违法的依法处理"),
                        ],
                        max_length=10,
                        verbose_name="方面",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("applies", models.BooleanField(verbose_name="适用")),
                (
                    "words",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="怎样落实"),
                ),
                (
                    "body",
                    models.CharField(blank=True, max_length=60, verbose_name="依法处理的机关"),
                ),
                (
                    "document",
                    models.CharField(blank=True, max_length=60, verbose_name="处理文书编号"),
                ),
                ("on", models.DateField(verbose_name="填写日期")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 三到位一处理",
                "verbose_name_plural": "historical 三到位一处理",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFourPartFile",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("history_change_reason", models.TextField(null=True)),
                ("dropped", models.BooleanField(default=False, verbose_name="不再作为佐证")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 三到位一处理的佐证",
                "verbose_name_plural": "historical 三到位一处理的佐证",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPaperSignature",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("history_change_reason", models.TextField(null=True)),
                ("what", models.CharField(max_length=30, verbose_name="签批事项")),
                ("signed_on", models.DateField(verbose_name="签批日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("confirmed", "属实"), ("denied", "不属实")],
                        max_length=10,
                        verbose_name="核对结果",
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="不属实的说明"),
                ),
                ("settled_on", models.DateField(null=True, verbose_name="查明日期")),
                (
                    "finding",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="查明的情况"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 纸质签批",
                "verbose_name_plural": "historical 纸质签批",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalResolution",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("history_change_reason", models.TextField(null=True)),
                ("settled_on", models.DateField(verbose_name="化解日期")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("met", "诉求得到满足"),
                            ("agreement", "达成协议"),
                            ("accepted", "书面表示接受"),
                        ],
                        max_length=10,
                        verbose_name="化解方式",
                    ),
                ),
                (
                    "words",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="化解情况"),
                ),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                ("taken_back_on", models.DateField(null=True, verbose_name="撤销日期")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="撤销理由"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 化解记录",
                "verbose_name_plural": "historical 化解记录",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTalk",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("history_change_reason", models.TextField(null=True)),
                ("on", models.DateField(verbose_name="谈话日期")),
                (
                    "way",
                    models.CharField(
                        choices=[("office", "来访时当面"), ("home", "上门"), ("phone", "电话")],
                        max_length=8,
                        verbose_name="谈话方式",
                    ),
                ),
                (
                    "policy",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="讲了什么政策"),
                ),
                (
                    "help",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="给了什么帮助"),
                ),
                (
                    "questions",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="还有什么问题"),
                ),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 谈话记录",
                "verbose_name_plural": "historical 谈话记录",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PaperSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("what", models.CharField(max_length=30, verbose_name="签批事项")),
                ("signed_on", models.DateField(verbose_name="签批日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("confirmed", "属实"), ("denied", "不属实")],
                        max_length=10,
                        verbose_name="核对结果",
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="不属实的说明"),
                ),
                ("settled_on", models.DateField(null=True, verbose_name="查明日期")),
                (
                    "finding",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="查明的情况"),
                ),
            ],
            options={
                "verbose_name": "纸质签批",
                "verbose_name_plural": "纸质签批",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("settled_on", models.DateField(verbose_name="化解日期")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("met", "诉求得到满足"),
                            ("agreement", "达成协议"),
                            ("accepted", "书面表示接受"),
                        ],
                        max_length=10,
                        verbose_name="化解方式",
                    ),
                ),
                (
                    "words",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="化解情况"),
                ),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                ("taken_back_on", models.DateField(null=True, verbose_name="撤销日期")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="撤销理由"),
                ),
            ],
            options={
                "verbose_name": "化解记录",
                "verbose_name_plural": "化解记录",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("on", models.DateField(verbose_name="谈话日期")),
                (
                    "way",
                    models.CharField(
                        choices=[("office", "来访时当面"), ("home", "上门"), ("phone", "电话")],
                        max_length=8,
                        verbose_name="谈话方式",
                    ),
                ),
                (
                    "policy",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="讲了什么政策"),
                ),
                (
                    "help",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="给了什么帮助"),
                ),
                (
                    "questions",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="还有什么问题"),
                ),
                ("at", models.DateTimeField(verbose_name="记录时间")),
            ],
            options={
                "verbose_name": "谈话记录",
                "verbose_name_plural": "谈话记录",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="TalkCitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "谈话引用的政策",
                "verbose_name_plural": "谈话引用的政策",
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="archivefile",
            name="archived_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="归档人",
            ),
        ),
        migrations.AddField(
            model_name="archivefile",
            name="matter",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="archive",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="archivefile",
            name="taken_out_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="调出人",
            ),
        ),
        migrations.AddField(
            model_name="archiveline",
            name="archive",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="matters.archivefile",
            ),
        ),
        migrations.AddField(
            model_name="archiveline",
            name="file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matterfile",
            ),
        ),
        migrations.AddConstraint(
            model_name="citedpage",
            constraint=models.UniqueConstraint(
                fields=("kind", "revision"), name="one_copy_a_revision"
            ),
        ),
        migrations.AddField(
            model_name="easing",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="记录人",
            ),
        ),
        migrations.AddField(
            model_name="easing",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="结束人",
            ),
        ),
        migrations.AddField(
            model_name="easing",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="easings",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="assigned_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="回访人",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="follow_ups",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="followupcall",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="回访人",
            ),
        ),
        migrations.AddField(
            model_name="followupcall",
            name="follow_up",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="matters.followup",
            ),
        ),
        migrations.AddField(
            model_name="followupcall",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
            ),
        ),
        migrations.AddField(
            model_name="followupcall",
            name="petitioner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.petitioner",
            ),
        ),
        migrations.AddField(
            model_name="fourpart",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="填写人",
            ),
        ),
        migrations.AddField(
            model_name="fourpart",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="four_parts",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="fourpartfile",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matterfile",
                verbose_name="佐证材料",
            ),
        ),
        migrations.AddField(
            model_name="fourpartfile",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="fourpartfile",
            name="part",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="matters.fourpart",
                verbose_name="三到位一处理",
            ),
        ),
        migrations.AddField(
            model_name="historicalarchivefile",
            name="archived_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="归档人",
            ),
        ),
        migrations.AddField(
            model_name="historicalarchivefile",
            name="history_user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalarchivefile",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="historicalarchivefile",
            name="taken_out_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="调出人",
            ),
        ),
        migrations.AddField(
            model_name="historicaleasing",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="记录人",
            ),
        ),
        migrations.AddField(
            model_name="historicaleasing",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="结束人",
            ),
        ),
        migrations.AddField(
            model_name="historicaleasing",
            name="history_user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaleasing",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowup",
            name="assigned_to",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="回访人",
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowup",
            name="history_user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfollowup",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="historicalfourpart",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="填写人",
            ),
        ),
        migrations.AddField(
            model_name="historicalfourpart",
            name="history_user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfourpart",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="historicalfourpartfile",
            name="file",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matterfile",
                verbose_name="佐证材料",
            ),
        ),
        migrations.AddField(
            model_name="historicalfourpartfile",
            name="history_user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfourpartfile",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="historicalfourpartfile",
            name="part",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.fourpart",
                verbose_name="三到位一处理",
            ),
        ),
        migrations.AddField(
            model_name="historicalpapersignature",
            name="approval",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.approval",
                verbose_name="审批",
            ),
        ),
        migrations.AddField(
            model_name="historicalpapersignature",
            name="drafter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="拟稿人",
            ),
        ),
        migrations.AddField(
            model_name="historicalpapersignature",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="录入人",
            ),
        ),
        migrations.AddField(
            model_name="historicalpapersignature",
            name="history_user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalpapersignature",
            name="leader",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="签批领导",
            ),
        ),
        migrations.AddField(
            model_name="historicalpapersignature",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="historicalpapersignature",
            name="scan",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matterfile",
                verbose_name="签批件扫描件",
            ),
        ),
        migrations.AddField(
            model_name="historicalpapersignature",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="查明人",
            ),
        ),
        migrations.AddField(
            model_name="historicalresolution",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="记录人",
            ),
        ),
        migrations.AddField(
            model_name="historicalresolution",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matterfile",
                verbose_name="凭据",
            ),
        ),
        migrations.AddField(
            model_name="historicalresolution",
            name="history_user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalresolution",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="historicalresolution",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤销人",
            ),
        ),
        migrations.AddField(
            model_name="historicaltalk",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="谈话人",
            ),
        ),
        migrations.AddField(
            model_name="historicaltalk",
            name="history_user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaltalk",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="papersignature",
            name="approval",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.approval",
                verbose_name="审批",
            ),
        ),
        migrations.AddField(
            model_name="papersignature",
            name="drafter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="拟稿人",
            ),
        ),
        migrations.AddField(
            model_name="papersignature",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="录入人",
            ),
        ),
        migrations.AddField(
            model_name="papersignature",
            name="leader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="签批领导",
            ),
        ),
        migrations.AddField(
            model_name="papersignature",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paper_signatures",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="papersignature",
            name="scan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matterfile",
                verbose_name="签批件扫描件",
            ),
        ),
        migrations.AddField(
            model_name="papersignature",
            name="settled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="查明人",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="记录人",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="evidence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matterfile",
                verbose_name="凭据",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolutions",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="taken_back_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤销人",
            ),
        ),
        migrations.AddField(
            model_name="talk",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="谈话人",
            ),
        ),
        migrations.AddField(
            model_name="talk",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="talks",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="talkcitation",
            name="cited",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.citedpage",
            ),
        ),
        migrations.AddField(
            model_name="talkcitation",
            name="talk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="citations",
                to="matters.talk",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveline",
            constraint=models.UniqueConstraint(
                fields=("archive", "edition", "n"), name="one_line_a_place_in_the_archive"
            ),
        ),
        migrations.AddConstraint(
            model_name="easing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("matter",),
                name="one_easing_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="easing",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_on__gt", models.F("on"))), name="easing_has_a_later_day"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("result", "")), fields=["due_on", "id"], name="follow_up_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("result", "")),
                fields=("matter", "kind"),
                name="one_open_follow_up_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on", None), ("result", "")),
                    models.Q(models.Q(("result", ""), _negated=True), ("done_on__isnull", False)),
                    _connector="OR",
                ),
                name="done_follow_ups_have_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="fourpart",
            constraint=models.UniqueConstraint(
                fields=("matter", "part", "round"), name="one_answer_a_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="fourpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applies", True), ("part", "lawful"), _negated=True),
                    models.Q(
                        models.Q(("body", ""), _negated=True),
                        models.Q(("document", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="unlawful_acts_name_the_body",
                violation_error_message="请写依法处理的机关和文书编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="fourpartfile",
            constraint=models.UniqueConstraint(fields=("part", "file"), name="one_evidence_a_file"),
        ),
        migrations.AddIndex(
            model_name="papersignature",
            index=models.Index(fields=["leader", "entered_at", "id"], name="paper_of_leader"),
        ),
        migrations.AddIndex(
            model_name="papersignature",
            index=models.Index(fields=["entered_at", "id"], name="paper_by_moment"),
        ),
        migrations.AddConstraint(
            model_name="papersignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entered_by", models.F("leader")), _negated=True),
                    models.Q(
                        ("drafter", None),
                        models.Q(("entered_by", models.F("drafter")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="signer_and_drafter_enter_no_paper",
                violation_error_message="签批件不能由拟稿人或签批领导本人录入。",
            ),
        ),
        migrations.AddConstraint(
            model_name="papersignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("drafter", None),
                    models.Q(("leader", models.F("drafter")), _negated=True),
                    _connector="OR",
                ),
                name="drafter_signs_no_paper",
                violation_error_message="拟稿人不能签发自己拟的文书。",
            ),
        ),
        migrations.AddConstraint(
            model_name="papersignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="answered_papers_have_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_on", None)),
                fields=("matter",),
                name="one_standing_resolution",
                violation_error_message="这件事项已经记了化解，请先撤销原来的记录。",
            ),
        ),
        migrations.AddConstraint(
            model_name="talkcitation",
            constraint=models.UniqueConstraint(
                fields=("talk", "cited"), name="one_citation_a_page"
            ),
        ),
    ]
