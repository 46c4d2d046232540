import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import office.vault


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0018_opinions"),
        ("office", "0010_desk_of_looks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalitemlink",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "立为事项"),
                    ("repeat", "并入已有事项"),
                    ("joined", "加入联名"),
                ],
                default="opened",
                max_length=8,
                verbose_name="关系",
            ),
        ),
        migrations.AlterField(
            model_name="itemlink",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "立为事项"),
                    ("repeat", "并入已有事项"),
                    ("joined", "加入联名"),
                ],
                default="opened",
                max_length=8,
                verbose_name="关系",
            ),
        ),
        migrations.CreateModel(
            name="HandOverOfWork",
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
                ("number", models.CharField(max_length=20, unique=True, verbose_name="编号")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("leave", "请假"),
                            ("transfer", "调离、换岗"),
                            ("balance", "调整分工"),
                        ],
                        max_length=10,
                        verbose_name="事由",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="决定时间")),
                ("done_at", models.DateTimeField(null=True, verbose_name="办完时间")),
                ("held_until", models.DateTimeField(editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="移交人",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接手人",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作交接单",
                "verbose_name_plural": "工作交接单",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCoPetitioner",
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
                ("representative", models.BooleanField(default=False, verbose_name="代表")),
                (
                    "chosen",
                    models.CharField(
                        blank=True,
                        choices=[("letter", "代表推选书"), ("spoken", "当场推选，记在备注里")],
                        max_length=8,
                        verbose_name="怎么推选的",
                    ),
                ),
                ("since", models.DateField(verbose_name="自")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.item",
                        verbose_name="来件",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
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
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="推选书",
                    ),
                ),
                (
                    "petitioner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.petitioner",
                        verbose_name="信访人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 联名人",
                "verbose_name_plural": "historical 联名人",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGroupVisit",
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
                ("on", models.DateField(verbose_name="日期")),
                ("began", models.TimeField(verbose_name="从")),
                ("ended", models.TimeField(null=True, verbose_name="到")),
                ("people", models.PositiveIntegerField(verbose_name="来了几人")),
                ("representatives", models.PositiveSmallIntegerField(verbose_name="代表几人")),
                (
                    "place",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="接待地点"),
                ),
                ("note", office.vault.VaultField(blank=True, default=b"", verbose_name="情况")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.item",
                        verbose_name="来件",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
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
                (
                    "recorded_by",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "historical 集体访",
                "verbose_name_plural": "historical 集体访",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHandOverOfWork",
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
                ("number", models.CharField(max_length=20, verbose_name="编号")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("leave", "请假"),
                            ("transfer", "调离、换岗"),
                            ("balance", "调整分工"),
                        ],
                        max_length=10,
                        verbose_name="事由",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="决定时间")),
                ("done_at", models.DateTimeField(null=True, verbose_name="办完时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="移交人",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接手人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 工作交接单",
                "verbose_name_plural": "historical 工作交接单",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMatterLink",
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
                        choices=[("repeat", "重复信访"), ("joint", "不同的人反映同一件事")],
                        max_length=8,
                        verbose_name="关系",
                    ),
                ),
                ("merged", models.BooleanField(default=True, verbose_name="并入办理")),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(null=True, verbose_name="至")),
                ("reason", office.vault.VaultField(blank=True, default=b"", verbose_name="理由")),
                (
                    "undone_reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="分出的理由"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认定人",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
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
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="to",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="分出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 判重认定",
                "verbose_name_plural": "historical 判重认定",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNotRepeat",
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
                ("reason", office.vault.VaultField(blank=True, default=b"", verbose_name="理由")),
                ("decided_on", models.DateField(verbose_name="认定日期")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认定人",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
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
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="other",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 不是重复",
                "verbose_name_plural": "historical 不是重复",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStandingAuthorisation",
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
                ("number", models.CharField(max_length=20, verbose_name="编号")),
                (
                    "act",
                    models.CharField(
                        choices=[("accept", "当场受理"), ("on_spot", "当场办结")],
                        max_length=10,
                        verbose_name="授权办理",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registrar", "登记员"),
                            ("officer", "承办人"),
                            ("unit_head", "承办单位负责人"),
                            ("office_head", "信访办主任"),
                            ("legal_reviewer", "法制审核"),
                            ("leader", "街道领导"),
                            ("custodian", "密件保管人"),
                            ("grid", "网格员（联络员）"),
                            ("editor", "宣传员"),
                            ("page_reviewer", "发布审核"),
                            ("auditor", "审计员"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                        ],
                        max_length=20,
                        verbose_name="被授权的岗位",
                    ),
                ),
                ("most_people", models.PositiveSmallIntegerField(verbose_name="每件最多几人")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_to", models.DateField(verbose_name="至")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("given_at", models.DateTimeField(verbose_name="授权时间")),
                ("revoked_on", models.DateField(null=True, verbose_name="收回日期")),
                (
                    "revoke_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="收回的理由"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="授权人",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="被授权人",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 常设授权",
                "verbose_name_plural": "historical 常设授权",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTalkOffer",
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
                ("offered_on", models.DateField(verbose_name="提出日期")),
                ("meet_on", models.DateField(null=True, verbose_name="约定日期")),
                ("note", office.vault.VaultField(blank=True, default=b"", verbose_name="约定")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
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
                (
                    "offered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 约访",
                "verbose_name_plural": "historical 约访",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalWorkLine",
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
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("target", models.BigIntegerField(verbose_name="记录")),
                (
                    "result",
                    models.CharField(
                        choices=[("waits", "待移交"), ("done", "已移交"), ("stayed", "未移交")],
                        default="waits",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="未移交的原因")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "hand_over",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.handoverofwork",
                        verbose_name="交接单",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 交接的工作",
                "verbose_name_plural": "historical 交接的工作",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MatterLink",
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
                        choices=[("repeat", "重复信访"), ("joint", "不同的人反映同一件事")],
                        max_length=8,
                        verbose_name="关系",
                    ),
                ),
                ("merged", models.BooleanField(default=True, verbose_name="并入办理")),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(null=True, verbose_name="至")),
                ("reason", office.vault.VaultField(blank=True, default=b"", verbose_name="理由")),
                (
                    "undone_reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="分出的理由"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认定人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joins",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="matters.matter",
                        verbose_name="to",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="分出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "判重认定",
                "verbose_name_plural": "判重认定",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="NotRepeat",
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
                ("reason", office.vault.VaultField(blank=True, default=b"", verbose_name="理由")),
                ("decided_on", models.DateField(verbose_name="认定日期")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认定人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_repeats",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="other",
                    ),
                ),
            ],
            options={
                "verbose_name": "不是重复",
                "verbose_name_plural": "不是重复",
            },
        ),
        migrations.CreateModel(
            name="StandingAuthorisation",
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
                ("number", models.CharField(max_length=20, unique=True, verbose_name="编号")),
                (
                    "act",
                    models.CharField(
                        choices=[("accept", "当场受理"), ("on_spot", "当场办结")],
                        max_length=10,
                        verbose_name="授权办理",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registrar", "登记员"),
                            ("officer", "承办人"),
                            ("unit_head", "承办单位负责人"),
                            ("office_head", "信访办主任"),
                            ("legal_reviewer", "法制审核"),
                            ("leader", "街道领导"),
                            ("custodian", "密件保管人"),
                            ("grid", "网格员（联络员）"),
                            ("editor", "宣传员"),
                            ("page_reviewer", "发布审核"),
                            ("auditor", "审计员"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                        ],
                        max_length=20,
                        verbose_name="被授权的岗位",
                    ),
                ),
                ("most_people", models.PositiveSmallIntegerField(verbose_name="每件最多几人")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("valid_to", models.DateField(verbose_name="至")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("given_at", models.DateTimeField(verbose_name="授权时间")),
                ("revoked_on", models.DateField(null=True, verbose_name="收回日期")),
                (
                    "revoke_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="收回的理由"),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="授权人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="被授权人",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "常设授权",
                "verbose_name_plural": "常设授权",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStandingCategory",
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.category",
                        verbose_name="内容分类",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "authorisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.standingauthorisation",
                        verbose_name="常设授权",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 授权的分类",
                "verbose_name_plural": "historical 授权的分类",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StandingCategory",
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
                    "authorisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="categories",
                        to="matters.standingauthorisation",
                        verbose_name="常设授权",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.category",
                        verbose_name="内容分类",
                    ),
                ),
            ],
            options={
                "verbose_name": "授权的分类",
                "verbose_name_plural": "授权的分类",
                "ordering": ["category__code"],
            },
        ),
        migrations.CreateModel(
            name="StandingUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authorisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="matters.standingauthorisation",
                        verbose_name="常设授权",
                    ),
                ),
                (
                    "move",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorised",
                        to="matters.move",
                    ),
                ),
            ],
            options={
                "verbose_name": "凭授权办理",
                "verbose_name_plural": "凭授权办理",
            },
        ),
        migrations.CreateModel(
            name="TalkOffer",
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
                ("offered_on", models.DateField(verbose_name="提出日期")),
                ("meet_on", models.DateField(null=True, verbose_name="约定日期")),
                ("note", office.vault.VaultField(blank=True, default=b"", verbose_name="约定")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talk_offers",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "约访",
                "verbose_name_plural": "约访",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="WorkLine",
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
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("target", models.BigIntegerField(verbose_name="记录")),
                (
                    "result",
                    models.CharField(
                        choices=[("waits", "待移交"), ("done", "已移交"), ("stayed", "未移交")],
                        default="waits",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="未移交的原因")),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="matters.handoverofwork",
                        verbose_name="交接单",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "交接的工作",
                "verbose_name_plural": "交接的工作",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CoPetitioner",
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
                ("representative", models.BooleanField(default=False, verbose_name="代表")),
                (
                    "chosen",
                    models.CharField(
                        blank=True,
                        choices=[("letter", "代表推选书"), ("spoken", "当场推选，记在备注里")],
                        max_length=8,
                        verbose_name="怎么推选的",
                    ),
                ),
                ("since", models.DateField(verbose_name="自")),
                (
                    "item",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joining",
                        to="matters.item",
                        verbose_name="来件",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="co_petitioners",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="推选书",
                    ),
                ),
                (
                    "petitioner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joining",
                        to="matters.petitioner",
                        verbose_name="信访人",
                    ),
                ),
            ],
            options={
                "verbose_name": "联名人",
                "verbose_name_plural": "联名人",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chosen", ""), ("representative", False)),
                            models.Q(
                                ("representative", True), models.Q(("chosen", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="representatives_were_chosen",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupVisit",
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
                ("on", models.DateField(verbose_name="日期")),
                ("began", models.TimeField(verbose_name="从")),
                ("ended", models.TimeField(null=True, verbose_name="到")),
                ("people", models.PositiveIntegerField(verbose_name="来了几人")),
                ("representatives", models.PositiveSmallIntegerField(verbose_name="代表几人")),
                (
                    "place",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="接待地点"),
                ),
                ("note", office.vault.VaultField(blank=True, default=b"", verbose_name="情况")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.item",
                        verbose_name="来件",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_visits",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
            ],
            options={
                "verbose_name": "集体访",
                "verbose_name_plural": "集体访",
                "ordering": ["on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("representatives__gte", 1),
                            ("representatives__lte", models.F("people")),
                        ),
                        name="some_of_those_who_came_spoke",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="handoverofwork",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["id"], name="hand_over_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverofwork",
            constraint=models.CheckConstraint(
                condition=models.Q(("giver", models.F("taker")), _negated=True),
                name="work_goes_to_somebody_else",
                violation_error_message="接手人不能是移交人自己。",
            ),
        ),
        migrations.AddConstraint(
            model_name="matterlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("matter",), name="one_open_join"
            ),
        ),
        migrations.AddConstraint(
            model_name="matterlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("matter", models.F("to")), _negated=True),
                name="nothing_joins_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="notrepeat",
            constraint=models.UniqueConstraint(
                fields=("matter", "other"), name="one_decision_a_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="standingauthorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                name="authorisation_ends_after_it_starts",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingauthorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("role", "")),
                    models.Q(("person", None), models.Q(("role", ""), _negated=True)),
                    _connector="OR",
                ),
                name="authorised_is_a_person_or_a_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingauthorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person", None),
                    models.Q(("person", models.F("given_by")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_authorises_themselves",
                violation_error_message="不能授权给自己。",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingcategory",
            constraint=models.UniqueConstraint(
                fields=("authorisation", "category"), name="one_line_a_category"
            ),
        ),
        migrations.AddIndex(
            model_name="workline",
            index=models.Index(
                condition=models.Q(("result", "waits")),
                fields=["hand_over", "id"],
                name="work_line_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="workline",
            constraint=models.UniqueConstraint(
                fields=("hand_over", "kind", "target"), name="one_line_a_piece_of_work"
            ),
        ),
    ]
