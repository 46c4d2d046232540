import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import office.vault


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0016_rule_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acceptance", "受理告知书"),
                            ("refusal", "不予受理告知书"),
                            ("barred", "不再受理告知书"),
                            ("path_notice", "分类处理告知书"),
                            ("forward", "转送函"),
                            ("assign_out", "交办函"),
                            ("told", "去向告知书"),
                            ("objection", "异议书"),
                            ("objection_answer", "来文机关对异议的答复"),
                            ("report_up", "呈报"),
                            ("fast_left", "退出简易办理告知书"),
                            ("extension", "延期告知书"),
                            ("opinion", "信访处理意见书"),
                            ("reply", "答复"),
                            ("return", "退回单"),
                            ("supervision", "督办函"),
                            ("supervision_answer", "督办反馈"),
                            ("closing", "办结报告"),
                            ("cooperation", "协办函"),
                            ("approval_sheet", "呈批单"),
                            ("repeat_notice", "并案告知书"),
                            ("urgent", "重大紧急信访报告"),
                            ("settlement", "调解、和解协议书"),
                            ("review_receipt", "复查（复核）申请回执"),
                            ("review_opinion", "复查（复核）意见书"),
                            ("withdrawal", "撤回申请书"),
                            ("minutes", "会商纪要"),
                        ],
                        max_length=20,
                        verbose_name="文书",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="文号")),
                ("issued_on", models.DateField(verbose_name="日期")),
                ("body_name", models.CharField(blank=True, max_length=80, verbose_name="发文主体")),
                ("to_name", models.CharField(blank=True, max_length=80, verbose_name="发给")),
                ("summary", office.vault.VaultField(blank=True, default=b"", verbose_name="要点")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("remedy", models.CharField(blank=True, max_length=300, verbose_name="救济途径")),
                ("publishable", models.BooleanField(default=False, verbose_name="可公开")),
                (
                    "move",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="matters.move",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="扫描件",
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.approval",
                        verbose_name="审批",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书",
                "verbose_name_plural": "文书",
                "ordering": ["id"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDocument",
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
                            ("acceptance", "受理告知书"),
                            ("refusal", "不予受理告知书"),
                            ("barred", "不再受理告知书"),
                            ("path_notice", "分类处理告知书"),
                            ("forward", "转送函"),
                            ("assign_out", "交办函"),
                            ("told", "去向告知书"),
                            ("objection", "异议书"),
                            ("objection_answer", "来文机关对异议的答复"),
                            ("report_up", "呈报"),
                            ("fast_left", "退出简易办理告知书"),
                            ("extension", "延期告知书"),
                            ("opinion", "信访处理意见书"),
                            ("reply", "答复"),
                            ("return", "退回单"),
                            ("supervision", "督办函"),
                            ("supervision_answer", "督办反馈"),
                            ("closing", "办结报告"),
                            ("cooperation", "协办函"),
                            ("approval_sheet", "呈批单"),
                            ("repeat_notice", "并案告知书"),
                            ("urgent", "重大紧急信访报告"),
                            ("settlement", "调解、和解协议书"),
                            ("review_receipt", "复查（复核）申请回执"),
                            ("review_opinion", "复查（复核）意见书"),
                            ("withdrawal", "撤回申请书"),
                            ("minutes", "会商纪要"),
                        ],
                        max_length=20,
                        verbose_name="文书",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="文号")),
                ("issued_on", models.DateField(verbose_name="日期")),
                ("body_name", models.CharField(blank=True, max_length=80, verbose_name="发文主体")),
                ("to_name", models.CharField(blank=True, max_length=80, verbose_name="发给")),
                ("summary", office.vault.VaultField(blank=True, default=b"", verbose_name="要点")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("remedy", models.CharField(blank=True, max_length=300, verbose_name="救济途径")),
                ("publishable", models.BooleanField(default=False, verbose_name="可公开")),
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
                    "move",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.move",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
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
                        verbose_name="扫描件",
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
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
                "verbose_name": "historical 文书",
                "verbose_name_plural": "historical 文书",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StatutoryPath",
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
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paths",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        choices=[
                            ("C1", "诉讼（涉法涉诉）"),
                            ("C2", "仲裁"),
                            ("C3", "党员申诉、申请复审"),
                            ("C4", "行政复议、裁决、确认、许可等"),
                            ("C5", "履行法定职责"),
                            ("C6", "信访程序"),
                        ],
                        max_length=2,
                        verbose_name="法定途径",
                    ),
                ),
                ("body", models.CharField(max_length=80, verbose_name="受理机关")),
                ("limit_text", models.CharField(max_length=200, verbose_name="时限")),
                ("last_day", models.DateField(null=True, verbose_name="最后安全日")),
                ("aid", models.CharField(blank=True, max_length=120, verbose_name="法律援助联系")),
                ("own_duty", models.BooleanField(default=False, verbose_name="本街道负有职责")),
                ("since", models.DateField(verbose_name="导入日期")),
                (
                    "days_left",
                    models.SmallIntegerField(null=True, verbose_name="改走时离期限的天数"),
                ),
                (
                    "move",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.move",
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decided", "有裁决、判决或决定"),
                            ("settled", "在那里调解、和解"),
                            ("performed", "对方已经履行"),
                            ("given_up", "本人不走了（本人确认）"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "result_note",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="结果说明"),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="凭据",
                    ),
                ),
            ],
            options={
                "verbose_name": "法定途径",
                "verbose_name_plural": "法定途径",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("days_left__isnull", False)),
                        fields=["-since"],
                        name="path_rerouted",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("matter",),
                        name="one_path_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStatutoryPath",
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
                    "path",
                    models.CharField(
                        choices=[
                            ("C1", "诉讼（涉法涉诉）"),
                            ("C2", "仲裁"),
                            ("C3", "党员申诉、申请复审"),
                            ("C4", "行政复议、裁决、确认、许可等"),
                            ("C5", "履行法定职责"),
                            ("C6", "信访程序"),
                        ],
                        max_length=2,
                        verbose_name="法定途径",
                    ),
                ),
                ("body", models.CharField(max_length=80, verbose_name="受理机关")),
                ("limit_text", models.CharField(max_length=200, verbose_name="时限")),
                ("last_day", models.DateField(null=True, verbose_name="最后安全日")),
                ("aid", models.CharField(blank=True, max_length=120, verbose_name="法律援助联系")),
                ("own_duty", models.BooleanField(default=False, verbose_name="本街道负有职责")),
                ("since", models.DateField(verbose_name="导入日期")),
                (
                    "days_left",
                    models.SmallIntegerField(null=True, verbose_name="改走时离期限的天数"),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decided", "有裁决、判决或决定"),
                            ("settled", "在那里调解、和解"),
                            ("performed", "对方已经履行"),
                            ("given_up", "本人不走了（本人确认）"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "result_note",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="结果说明"),
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
                    "move",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.move",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
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
                "verbose_name": "historical 法定途径",
                "verbose_name_plural": "historical 法定途径",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LateEntry",
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
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_entry",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="晚登天数")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="晚登的原因"),
                ),
            ],
            options={
                "verbose_name": "补登",
                "verbose_name_plural": "补登",
                "ordering": ["-entered_on", "-id"],
                "indexes": [models.Index(fields=["-entered_on", "-id"], name="late_entry_day")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLateEntry",
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
                ("days", models.PositiveSmallIntegerField(verbose_name="晚登天数")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="晚登的原因"),
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
                "verbose_name": "historical 补登",
                "verbose_name_plural": "historical 补登",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
