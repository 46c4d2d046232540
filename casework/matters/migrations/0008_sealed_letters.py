"""Sealed letters: their envelope, their custodians, the bodies and the lists they leave on."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import office.vault


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0007_verbs"),
        ("office", "0006_verbs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisciplineBody",
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
                ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                (
                    "level",
                    models.CharField(
                        choices=[("street", "街道"), ("district", "区")],
                        max_length=8,
                        verbose_name="级别",
                    ),
                ),
                ("ended", models.BooleanField(default=False, verbose_name="已停用")),
            ],
            options={
                "verbose_name": "接收机关",
                "verbose_name_plural": "接收机关",
                "ordering": ["ended", "-level", "name"],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
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
                ("number", models.CharField(max_length=20, unique=True, verbose_name="清单编号")),
                ("made_at", models.DateTimeField(verbose_name="制单时间")),
                ("signed_on", models.DateField(null=True, verbose_name="签收日期")),
                (
                    "receiver",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="签收人"),
                ),
                ("path", models.CharField(blank=True, editable=False, max_length=80)),
                ("kind", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "size",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="大小"),
                ),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("recorded_at", models.DateTimeField(null=True, verbose_name="登记签收时间")),
                ("void_asked_at", models.DateTimeField(null=True, verbose_name="申请作废时间")),
                (
                    "void_reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="作废理由"),
                ),
                ("voided_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("sealed", models.BooleanField(default=True, editable=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.disciplinebody",
                        verbose_name="接收机关",
                    ),
                ),
                (
                    "data_key",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.datakey",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="移交人",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="制单人",
                    ),
                ),
                (
                    "void_asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请作废",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="同意作废",
                    ),
                ),
            ],
            options={
                "verbose_name": "密件转交清单",
                "verbose_name_plural": "密件转交清单",
            },
        ),
        migrations.CreateModel(
            name="HandOverLine",
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
                    "carrier",
                    models.CharField(
                        choices=[
                            ("envelope", "信封"),
                            ("parcel", "包裹、档案袋"),
                            ("medium", "光盘、U盘"),
                            ("talk", "来访记录"),
                            ("call", "来电记录"),
                            ("sheet", "打印件"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="载体",
                    ),
                ),
                ("pieces", models.PositiveSmallIntegerField(default=1, verbose_name="份数")),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="matters.handover",
                        verbose_name="转交清单",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over_lines",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "转交清单明细",
                "verbose_name_plural": "转交清单明细",
            },
        ),
        migrations.CreateModel(
            name="HistoricalCustodian",
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
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(blank=True, null=True, verbose_name="至")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
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
                    "named_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定人",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保管人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 密件保管人",
                "verbose_name_plural": "historical 密件保管人",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDisciplineBody",
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
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "level",
                    models.CharField(
                        choices=[("street", "街道"), ("district", "区")],
                        max_length=8,
                        verbose_name="级别",
                    ),
                ),
                ("ended", models.BooleanField(default=False, verbose_name="已停用")),
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
                "verbose_name": "historical 接收机关",
                "verbose_name_plural": "historical 接收机关",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHandOver",
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
                ("number", models.CharField(max_length=20, verbose_name="清单编号")),
                ("made_at", models.DateTimeField(verbose_name="制单时间")),
                ("signed_on", models.DateField(null=True, verbose_name="签收日期")),
                (
                    "receiver",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="签收人"),
                ),
                ("kind", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "size",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="大小"),
                ),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("recorded_at", models.DateTimeField(null=True, verbose_name="登记签收时间")),
                ("void_asked_at", models.DateTimeField(null=True, verbose_name="申请作废时间")),
                (
                    "void_reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="作废理由"),
                ),
                ("voided_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("sealed", models.BooleanField(default=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.disciplinebody",
                        verbose_name="接收机关",
                    ),
                ),
                (
                    "data_key",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.datakey",
                    ),
                ),
                (
                    "handed_by",
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
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="制单人",
                    ),
                ),
                (
                    "void_asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请作废",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="同意作废",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 密件转交清单",
                "verbose_name_plural": "historical 密件转交清单",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHandOverLine",
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
                    "carrier",
                    models.CharField(
                        choices=[
                            ("envelope", "信封"),
                            ("parcel", "包裹、档案袋"),
                            ("medium", "光盘、U盘"),
                            ("talk", "来访记录"),
                            ("call", "来电记录"),
                            ("sheet", "打印件"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="载体",
                    ),
                ),
                ("pieces", models.PositiveSmallIntegerField(default=1, verbose_name="份数")),
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
                        to="matters.handover",
                        verbose_name="转交清单",
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
            ],
            options={
                "verbose_name": "historical 转交清单明细",
                "verbose_name_plural": "historical 转交清单明细",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSealedLetter",
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
                ("opened", models.BooleanField(default=False, verbose_name="录有内容")),
                (
                    "carrier",
                    models.CharField(
                        choices=[
                            ("envelope", "信封"),
                            ("parcel", "包裹、档案袋"),
                            ("medium", "光盘、U盘"),
                            ("talk", "来访记录"),
                            ("call", "来电记录"),
                            ("sheet", "打印件"),
                            ("other", "其他"),
                        ],
                        default="envelope",
                        max_length=10,
                        verbose_name="载体",
                    ),
                ),
                ("pieces", models.PositiveSmallIntegerField(default=1, verbose_name="份数")),
                ("about_leader", models.BooleanField(default=False, verbose_name="涉及街道领导")),
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
            ],
            options={
                "verbose_name": "historical 密件封面",
                "verbose_name_plural": "historical 密件封面",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SealedLetter",
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
                ("opened", models.BooleanField(default=False, verbose_name="录有内容")),
                (
                    "carrier",
                    models.CharField(
                        choices=[
                            ("envelope", "信封"),
                            ("parcel", "包裹、档案袋"),
                            ("medium", "光盘、U盘"),
                            ("talk", "来访记录"),
                            ("call", "来电记录"),
                            ("sheet", "打印件"),
                            ("other", "其他"),
                        ],
                        default="envelope",
                        max_length=10,
                        verbose_name="载体",
                    ),
                ),
                ("pieces", models.PositiveSmallIntegerField(default=1, verbose_name="份数")),
                ("about_leader", models.BooleanField(default=False, verbose_name="涉及街道领导")),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "密件封面",
                "verbose_name_plural": "密件封面",
            },
        ),
        migrations.CreateModel(
            name="Custodian",
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
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(blank=True, null=True, verbose_name="至")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定人",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保管人",
                    ),
                ),
            ],
            options={
                "verbose_name": "密件保管人",
                "verbose_name_plural": "密件保管人",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("user",),
                        name="one_open_custodian",
                        violation_error_message="这位同事已经是密件保管人。",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_on", None), ("voided_at", None), _connector="OR"),
                name="signed_lists_stand",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voided_by", None),
                    models.Q(("voided_by", models.F("void_asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="two_void_a_list",
                violation_error_message="申请人不能审批自己的申请。",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverline",
            constraint=models.UniqueConstraint(
                fields=("hand_over", "matter"), name="one_line_a_matter"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("pieces__gte", 1)),
                name="something_came",
                violation_error_message="份数至少为 1。",
            ),
        ),
    ]
