import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0007_grants"),
    ]

    operations = [
        migrations.CreateModel(
            name="MasterKey",
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
                ("name", models.CharField(max_length=20, unique=True, verbose_name="名称")),
                ("since", models.DateTimeField(verbose_name="启用时间")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="退役时间")),
            ],
            options={
                "verbose_name": "主密钥",
                "verbose_name_plural": "主密钥",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RetentionClass",
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
                ("key", models.SlugField(max_length=20, unique=True, verbose_name="代号")),
                ("term", models.PositiveSmallIntegerField(verbose_name="期限")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
            ],
            options={
                "verbose_name": "保管期限",
                "verbose_name_plural": "保管期限",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="DestructionList",
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
                ("on", models.DateField(verbose_name="截至")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待审批"),
                            ("approved", "已批准，待执行"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤回"),
                            ("running", "正在销毁"),
                            ("done", "已执行"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="清册摘要")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                ("ran_at", models.DateTimeField(null=True, verbose_name="执行时间")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                ("rebuilt", models.CharField(blank=True, max_length=300, verbose_name="重建说明")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "ran_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="执行人",
                    ),
                ),
            ],
            options={
                "verbose_name": "销毁清册",
                "verbose_name_plural": "销毁清册",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDestructionApproval",
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
                ("role", models.CharField(max_length=20, verbose_name="岗位")),
                ("agreed", models.BooleanField(verbose_name="同意")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                ("at", models.DateTimeField(verbose_name="审批时间")),
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
                    "list",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.destructionlist",
                        verbose_name="销毁清册",
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
                        verbose_name="审批人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 销毁审批",
                "verbose_name_plural": "historical 销毁审批",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDestructionLine",
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
                ("kind", models.CharField(max_length=80)),
                ("object_id", models.BigIntegerField()),
                ("label", models.CharField(max_length=40, verbose_name="编号")),
                ("klass", models.CharField(max_length=20, verbose_name="保管期限")),
                ("until", models.DateField(verbose_name="保管至")),
                ("mark", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待销毁"),
                            ("dropped", "未销毁"),
                            ("doomed", "正在销毁"),
                            ("erased", "正在删除文件"),
                            ("done", "已销毁"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("told", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("files", models.PositiveIntegerField(default=0, verbose_name="删除文件数")),
                ("shared", models.PositiveIntegerField(default=0, verbose_name="另在共用文件中")),
                ("done_at", models.DateTimeField(null=True, verbose_name="销毁时间")),
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
                    "list",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.destructionlist",
                        verbose_name="销毁清册",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 清册中的一件",
                "verbose_name_plural": "historical 清册中的一件",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDestructionList",
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
                ("on", models.DateField(verbose_name="截至")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待审批"),
                            ("approved", "已批准，待执行"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤回"),
                            ("running", "正在销毁"),
                            ("done", "已执行"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="清册摘要")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                ("ran_at", models.DateTimeField(null=True, verbose_name="执行时间")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                ("rebuilt", models.CharField(blank=True, max_length=300, verbose_name="重建说明")),
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
                    "proposed_by",
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
                (
                    "ran_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="执行人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 销毁清册",
                "verbose_name_plural": "historical 销毁清册",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMasterKey",
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
                ("name", models.CharField(max_length=20, verbose_name="名称")),
                ("since", models.DateTimeField(verbose_name="启用时间")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="退役时间")),
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
            ],
            options={
                "verbose_name": "historical 主密钥",
                "verbose_name_plural": "historical 主密钥",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRetentionClass",
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
                ("key", models.SlugField(db_index=False, max_length=20, verbose_name="代号")),
                ("term", models.PositiveSmallIntegerField(verbose_name="期限")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
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
            ],
            options={
                "verbose_name": "historical 保管期限",
                "verbose_name_plural": "historical 保管期限",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DestructionLine",
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
                ("kind", models.CharField(max_length=80)),
                ("object_id", models.BigIntegerField()),
                ("label", models.CharField(max_length=40, verbose_name="编号")),
                ("klass", models.CharField(max_length=20, verbose_name="保管期限")),
                ("until", models.DateField(verbose_name="保管至")),
                ("mark", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待销毁"),
                            ("dropped", "未销毁"),
                            ("doomed", "正在销毁"),
                            ("erased", "正在删除文件"),
                            ("done", "已销毁"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("told", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("files", models.PositiveIntegerField(default=0, verbose_name="删除文件数")),
                ("shared", models.PositiveIntegerField(default=0, verbose_name="另在共用文件中")),
                ("done_at", models.DateTimeField(null=True, verbose_name="销毁时间")),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="office.destructionlist",
                        verbose_name="销毁清册",
                    ),
                ),
            ],
            options={
                "verbose_name": "清册中的一件",
                "verbose_name_plural": "清册中的一件",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["state", "id"], name="destruction_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "doomed", "erased"])),
                        fields=("kind", "object_id"),
                        name="in_one_list_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DestructionApproval",
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
                ("role", models.CharField(max_length=20, verbose_name="岗位")),
                ("agreed", models.BooleanField(verbose_name="同意")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                ("at", models.DateTimeField(verbose_name="审批时间")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="office.destructionlist",
                        verbose_name="销毁清册",
                    ),
                ),
            ],
            options={
                "verbose_name": "销毁审批",
                "verbose_name_plural": "销毁审批",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("list", "person"), name="one_word_a_person")
                ],
            },
        ),
    ]
