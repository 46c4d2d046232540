import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import office.vault


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0019_repeats"),
        ("office", "0010_desk_of_looks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SupportTask",
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
                    "what",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="请协办什么"),
                ),
                ("due_on", models.DateField(verbose_name="期限")),
                ("asked_at", models.DateTimeField(verbose_name="请求时间")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("asked", "等协办单位答复"),
                            ("answered", "已答复"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                (
                    "answer",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="协办答复"),
                ),
                (
                    "reason",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="退回、撤回的理由"
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "again",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="matters.supporttask",
                        verbose_name="再次请求自",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="请求人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_tasks",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="协办人",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.unit",
                        verbose_name="协办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "协办任务",
                "verbose_name_plural": "协办任务",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage", "asked")),
                        fields=["unit", "due_on"],
                        name="support_waits_at_unit",
                    ),
                    models.Index(
                        condition=models.Q(("stage", "asked")),
                        fields=["person"],
                        name="support_waits_for_person",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("stage", "asked")),
                            models.Q(
                                models.Q(("stage", "asked"), _negated=True),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="settled_support_has_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskFile",
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="材料",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enclosed",
                        to="matters.supporttask",
                        verbose_name="协办任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "协办答复的材料",
                "verbose_name_plural": "协办答复的材料",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OutsideLetter",
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
                            ("support", "协办函"),
                            ("coordinate", "提请区级协调"),
                            ("report", "呈报"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("body_name", models.CharField(max_length=60, verbose_name="发给哪个单位")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("paper", "专人送"),
                            ("post", "邮寄"),
                            ("network", "政务内网"),
                            ("fax", "传真"),
                        ],
                        max_length=8,
                        verbose_name="怎么送",
                    ),
                ),
                ("what", office.vault.VaultField(blank=True, default=b"", verbose_name="请办什么")),
                ("sent_on", models.DateField(verbose_name="发出日期")),
                ("due_on", models.DateField(verbose_name="请在何时前答复")),
                (
                    "stage",
                    models.CharField(
                        choices=[("sent", "等复函"), ("answered", "已复"), ("withdrawn", "已撤回")],
                        default="sent",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                (
                    "answer",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="复函内容"),
                ),
                ("answered_on", models.DateField(null=True, verbose_name="复函日期")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="撤回的理由"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_letters",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
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
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="复函扫描件",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "外单位往来",
                "verbose_name_plural": "外单位往来",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "answered"), _negated=True),
                            ("answered_on__isnull", False),
                            _connector="OR",
                        ),
                        name="outside_answer_has_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InternalNote",
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
                            ("fact", "事实"),
                            ("talk", "谈话"),
                            ("plan", "方案"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="种类",
                    ),
                ),
                ("body", office.vault.VaultField(blank=True, default=b"", verbose_name="备注")),
                ("written_at", models.DateTimeField(verbose_name="时间")),
                ("struck_at", models.DateTimeField(null=True, verbose_name="划去时间")),
                (
                    "struck_reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="划去的理由"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="写的人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="internal_notes",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.post",
                    ),
                ),
                (
                    "struck_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="划去的人",
                    ),
                ),
            ],
            options={
                "verbose_name": "内部备注",
                "verbose_name_plural": "内部备注",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Mention",
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
                ("read_at", models.DateTimeField(null=True, verbose_name="已读时间")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="matters.internalnote",
                        verbose_name="备注",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提到谁",
                    ),
                ),
            ],
            options={
                "verbose_name": "提到",
                "verbose_name_plural": "提到",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["user"],
                        name="mention_unread",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("note", "user"), name="one_mention_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyDispute",
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
                ("decided_at", models.DateTimeField(null=True, verbose_name="审批时间")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "同意"), ("refused", "不同意")],
                        max_length=10,
                        verbose_name="审批结果",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "有审批权限的同事"),
                            ("leader", "街道领导"),
                            ("district", "区级决定"),
                        ],
                        max_length=8,
                        verbose_name="决定层级",
                    ),
                ),
                ("authority", models.CharField(blank=True, max_length=60, verbose_name="决定机关")),
                (
                    "reason",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="为什么不归本单位"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "view",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="对方单位的意见"),
                ),
                ("viewed_at", models.DateTimeField(null=True, verbose_name="表态时间")),
                (
                    "opinion",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="裁定的理由"),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_disputes",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.unit",
                        verbose_name="认为应由谁办",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="决定文书",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.supportunit",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.unit",
                        verbose_name="裁定由谁办",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.unit",
                        verbose_name="提出的单位",
                    ),
                ),
                (
                    "viewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="表态人",
                    ),
                ),
            ],
            options={
                "verbose_name": "承办争议",
                "verbose_name_plural": "承办争议",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", ""), ("withdrawn_at", None)),
                        fields=("matter",),
                        name="one_open_dispute",
                        violation_error_message="这件事项已经有承办争议在等裁定。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="disputant_decides_nothing",
                        violation_error_message="提出争议的人不能裁定。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", ""),
                            models.Q(
                                ("decided_by", None),
                                ("level", "district"),
                                ("paper__isnull", False),
                            ),
                            models.Q(
                                models.Q(("level", "district"), _negated=True),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_decision_has_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "approved"), _negated=True),
                            ("to_unit__isnull", False),
                            _connector="OR",
                        ),
                        name="moved_dispute_has_a_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
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
                    "text_chosen",
                    models.CharField(
                        choices=[
                            ("due", "期限快到了，请抓紧办理。"),
                            ("progress", "请说明办到哪一步、还要多久。"),
                            ("contact", "请尽快联系信访人，并把联系情况记下来。"),
                            ("opinion", "请尽快提出处理意见。"),
                            ("perform", "请按答复的承诺办到位，并上传凭据。"),
                        ],
                        max_length=10,
                        verbose_name="催办内容",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="催办时间")),
                ("read_at", models.DateTimeField(null=True, verbose_name="阅知时间")),
                ("answer", office.vault.VaultField(blank=True, default=b"", verbose_name="回复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="回复时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="催办人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="阅知人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.unit",
                        verbose_name="催办谁",
                    ),
                ),
            ],
            options={
                "verbose_name": "催办",
                "verbose_name_plural": "催办",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["unit"],
                        name="reminder_unread",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
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
                    "ground",
                    models.CharField(
                        choices=[
                            ("breach", "违反受理、办理的规定"),
                            ("late", "超过期限没有办结"),
                            ("shifting", "推诿"),
                            ("dragging", "敷衍、拖延"),
                            ("falsifying", "弄虚作假"),
                            ("refusing", "拒不执行信访处理意见"),
                            ("silent", "不按规定反馈办理结果"),
                        ],
                        max_length=12,
                        verbose_name="事由",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[("letter", "督办函"), ("talk", "约谈"), ("circular", "通报")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("what", office.vault.VaultField(blank=True, default=b"", verbose_name="要求")),
                (
                    "suggestion",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="改进、追究责任的建议"
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="督办日期")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("asked", "等答复"),
                            ("answered", "已答复，等审核"),
                            ("accepted", "答复已采信"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="撤销的理由"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="督办人",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="matters.supervision",
                        verbose_name="此前的督办",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.unit",
                        verbose_name="督办谁",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办",
                "verbose_name_plural": "督办",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage__in", ["asked", "answered"])),
                        fields=["unit"],
                        name="supervision_open",
                    ),
                    models.Index(fields=["asked_on"], name="supervision_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("stage__in", ["asked", "answered"])),
                            models.Q(
                                models.Q(("stage__in", ["asked", "answered"]), _negated=True),
                                ("ended_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ended_supervision_has_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupervisionAnswer",
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
                ("body", office.vault.VaultField(blank=True, default=b"", verbose_name="督办答复")),
                (
                    "adoption",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "采纳"),
                            ("partly", "部分采纳"),
                            ("not_adopted", "不采纳"),
                        ],
                        max_length=12,
                        verbose_name="建议采纳情况",
                    ),
                ),
                (
                    "adoption_note",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="采纳情况说明"),
                ),
                ("answered_on", models.DateField(verbose_name="答复日期")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "采信"), ("sent_back", "退回重答")],
                        max_length=10,
                        verbose_name="审核",
                    ),
                ),
                (
                    "verdict_note",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="审核意见"),
                ),
                ("verdict_at", models.DateTimeField(null=True, verbose_name="审核时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                        verbose_name="书面答复",
                    ),
                ),
                (
                    "supervision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="matters.supervision",
                        verbose_name="督办",
                    ),
                ),
                (
                    "verdict_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办答复",
                "verbose_name_plural": "督办答复",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict_by", None),
                            models.Q(("verdict_by", models.F("answered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_accepts_their_own_answer",
                        violation_error_message="答复督办的人不能审核自己的答复。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UrgentReport",
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
                    "facts",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="发生了什么"),
                ),
                (
                    "people_affected",
                    models.PositiveIntegerField(default=0, verbose_name="涉及人数"),
                ),
                ("found_at", models.DateTimeField(verbose_name="何时得知")),
                ("reported_at", models.DateTimeField(verbose_name="登记时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="结束人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgent_reports",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报告人",
                    ),
                ),
            ],
            options={
                "verbose_name": "重大紧急报告",
                "verbose_name_plural": "重大紧急报告",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="UrgentNotice",
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
                    "to",
                    models.CharField(
                        choices=[
                            ("leaders", "党工委、办事处"),
                            ("department", "主管部门"),
                            ("conference", "信访工作联席会议办公室"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="报给谁",
                    ),
                ),
                (
                    "who",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="接报单位和人"),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("phone", "电话"),
                            ("spoken", "当面"),
                            ("written", "书面"),
                            ("network", "政务内网"),
                        ],
                        max_length=8,
                        verbose_name="怎么报的",
                    ),
                ),
                ("told_at", models.DateTimeField(verbose_name="何时报的")),
                (
                    "receipt",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="回执、指示"),
                ),
                ("receipt_at", models.DateTimeField(null=True, verbose_name="回执时间")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁报的",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="matters.urgentreport",
                        verbose_name="重大紧急报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "接报",
                "verbose_name_plural": "接报",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="UrgentStep",
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
                ("body", office.vault.VaultField(blank=True, default=b"", verbose_name="处置进展")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="matters.urgentreport",
                        verbose_name="重大紧急报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "续报",
                "verbose_name_plural": "续报",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Danger",
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
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="什么危险"),
                ),
                ("raised_at", models.DateTimeField(verbose_name="标注时间")),
                ("raised_on", models.DateField(verbose_name="标注日期")),
                ("until", models.DateField(verbose_name="至")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="解除时间")),
                (
                    "end_reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="解除的理由"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="解除人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dangers",
                        to="matters.matter",
                        verbose_name="信访事项",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="标注人",
                    ),
                ),
            ],
            options={
                "verbose_name": "眼前危险",
                "verbose_name_plural": "眼前危险",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["until", "matter"],
                        name="danger_stands",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("raised_on"))),
                        name="danger_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyDay",
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
                ("on", models.DateField(unique=True, verbose_name="日期")),
                ("name", models.CharField(max_length=40, verbose_name="值班领导")),
                ("phone", models.CharField(max_length=40, verbose_name="值班电话")),
            ],
            options={
                "verbose_name": "值班",
                "verbose_name_plural": "值班",
                "ordering": ["on"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDanger",
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
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="什么危险"),
                ),
                ("raised_at", models.DateTimeField(verbose_name="标注时间")),
                ("raised_on", models.DateField(verbose_name="标注日期")),
                ("until", models.DateField(verbose_name="至")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="解除时间")),
                (
                    "end_reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="解除的理由"),
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
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="解除人",
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
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="标注人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 眼前危险",
                "verbose_name_plural": "historical 眼前危险",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDutyDay",
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
                ("name", models.CharField(max_length=40, verbose_name="值班领导")),
                ("phone", models.CharField(max_length=40, verbose_name="值班电话")),
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
                "verbose_name": "historical 值班",
                "verbose_name_plural": "historical 值班",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDutyDispute",
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
                ("decided_at", models.DateTimeField(null=True, verbose_name="审批时间")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "同意"), ("refused", "不同意")],
                        max_length=10,
                        verbose_name="审批结果",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "有审批权限的同事"),
                            ("leader", "街道领导"),
                            ("district", "区级决定"),
                        ],
                        max_length=8,
                        verbose_name="决定层级",
                    ),
                ),
                ("authority", models.CharField(blank=True, max_length=60, verbose_name="决定机关")),
                (
                    "reason",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="为什么不归本单位"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "view",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="对方单位的意见"),
                ),
                ("viewed_at", models.DateTimeField(null=True, verbose_name="表态时间")),
                (
                    "opinion",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="裁定的理由"),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "asked_by",
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
                    "decided_by",
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
                        to="office.unit",
                        verbose_name="认为应由谁办",
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
                        verbose_name="决定文书",
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
                        verbose_name="录入人",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.supportunit",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.unit",
                        verbose_name="裁定由谁办",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.unit",
                        verbose_name="提出的单位",
                    ),
                ),
                (
                    "viewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="表态人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 承办争议",
                "verbose_name_plural": "historical 承办争议",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalInternalNote",
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
                            ("fact", "事实"),
                            ("talk", "谈话"),
                            ("plan", "方案"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="种类",
                    ),
                ),
                ("body", office.vault.VaultField(blank=True, default=b"", verbose_name="备注")),
                ("written_at", models.DateTimeField(verbose_name="时间")),
                ("struck_at", models.DateTimeField(null=True, verbose_name="划去时间")),
                (
                    "struck_reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="划去的理由"),
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
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="写的人",
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
                    "post",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.post",
                    ),
                ),
                (
                    "struck_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="划去的人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 内部备注",
                "verbose_name_plural": "historical 内部备注",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMention",
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
                ("read_at", models.DateTimeField(null=True, verbose_name="已读时间")),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提到谁",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.internalnote",
                        verbose_name="备注",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 提到",
                "verbose_name_plural": "historical 提到",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOutsideLetter",
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
                            ("support", "协办函"),
                            ("coordinate", "提请区级协调"),
                            ("report", "呈报"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("body_name", models.CharField(max_length=60, verbose_name="发给哪个单位")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("paper", "专人送"),
                            ("post", "邮寄"),
                            ("network", "政务内网"),
                            ("fax", "传真"),
                        ],
                        max_length=8,
                        verbose_name="怎么送",
                    ),
                ),
                ("what", office.vault.VaultField(blank=True, default=b"", verbose_name="请办什么")),
                ("sent_on", models.DateField(verbose_name="发出日期")),
                ("due_on", models.DateField(verbose_name="请在何时前答复")),
                (
                    "stage",
                    models.CharField(
                        choices=[("sent", "等复函"), ("answered", "已复"), ("withdrawn", "已撤回")],
                        default="sent",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                (
                    "answer",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="复函内容"),
                ),
                ("answered_on", models.DateField(null=True, verbose_name="复函日期")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="撤回的理由"),
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
                    "answered_by",
                    models.ForeignKey(
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
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="复函扫描件",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 外单位往来",
                "verbose_name_plural": "historical 外单位往来",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReminder",
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
                    "text_chosen",
                    models.CharField(
                        choices=[
                            ("due", "期限快到了，请抓紧办理。"),
                            ("progress", "请说明办到哪一步、还要多久。"),
                            ("contact", "请尽快联系信访人，并把联系情况记下来。"),
                            ("opinion", "请尽快提出处理意见。"),
                            ("perform", "请按答复的承诺办到位，并上传凭据。"),
                        ],
                        max_length=10,
                        verbose_name="催办内容",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="催办时间")),
                ("read_at", models.DateTimeField(null=True, verbose_name="阅知时间")),
                ("answer", office.vault.VaultField(blank=True, default=b"", verbose_name="回复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="回复时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="催办人",
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
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="阅知人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.unit",
                        verbose_name="催办谁",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 催办",
                "verbose_name_plural": "historical 催办",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSupervision",
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
                    "ground",
                    models.CharField(
                        choices=[
                            ("breach", "违反受理、办理的规定"),
                            ("late", "超过期限没有办结"),
                            ("shifting", "推诿"),
                            ("dragging", "敷衍、拖延"),
                            ("falsifying", "弄虚作假"),
                            ("refusing", "拒不执行信访处理意见"),
                            ("silent", "不按规定反馈办理结果"),
                        ],
                        max_length=12,
                        verbose_name="事由",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[("letter", "督办函"), ("talk", "约谈"), ("circular", "通报")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("what", office.vault.VaultField(blank=True, default=b"", verbose_name="要求")),
                (
                    "suggestion",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="改进、追究责任的建议"
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="督办日期")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("asked", "等答复"),
                            ("answered", "已答复，等审核"),
                            ("accepted", "答复已采信"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="撤销的理由"),
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
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="督办人",
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
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.unit",
                        verbose_name="督办谁",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.supervision",
                        verbose_name="此前的督办",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 督办",
                "verbose_name_plural": "historical 督办",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSupervisionAnswer",
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
                ("body", office.vault.VaultField(blank=True, default=b"", verbose_name="督办答复")),
                (
                    "adoption",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "采纳"),
                            ("partly", "部分采纳"),
                            ("not_adopted", "不采纳"),
                        ],
                        max_length=12,
                        verbose_name="建议采纳情况",
                    ),
                ),
                (
                    "adoption_note",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="采纳情况说明"),
                ),
                ("answered_on", models.DateField(verbose_name="答复日期")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "采信"), ("sent_back", "退回重答")],
                        max_length=10,
                        verbose_name="审核",
                    ),
                ),
                (
                    "verdict_note",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="审核意见"),
                ),
                ("verdict_at", models.DateTimeField(null=True, verbose_name="审核时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
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
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="书面答复",
                    ),
                ),
                (
                    "verdict_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "supervision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.supervision",
                        verbose_name="督办",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 督办答复",
                "verbose_name_plural": "historical 督办答复",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSupportTask",
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
                    "what",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="请协办什么"),
                ),
                ("due_on", models.DateField(verbose_name="期限")),
                ("asked_at", models.DateTimeField(verbose_name="请求时间")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("asked", "等协办单位答复"),
                            ("answered", "已答复"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                (
                    "answer",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="协办答复"),
                ),
                (
                    "reason",
                    office.vault.VaultField(
                        blank=True, default=b"", verbose_name="退回、撤回的理由"
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="请求人",
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="协办人",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="office.unit",
                        verbose_name="协办单位",
                    ),
                ),
                (
                    "again",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.supporttask",
                        verbose_name="再次请求自",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 协办任务",
                "verbose_name_plural": "historical 协办任务",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTaskFile",
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
                    "file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.matterfile",
                        verbose_name="材料",
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
                    "task",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.supporttask",
                        verbose_name="协办任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 协办答复的材料",
                "verbose_name_plural": "historical 协办答复的材料",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUrgentNotice",
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
                    "to",
                    models.CharField(
                        choices=[
                            ("leaders", "党工委、办事处"),
                            ("department", "主管部门"),
                            ("conference", "信访工作联席会议办公室"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="报给谁",
                    ),
                ),
                (
                    "who",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="接报单位和人"),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("phone", "电话"),
                            ("spoken", "当面"),
                            ("written", "书面"),
                            ("network", "政务内网"),
                        ],
                        max_length=8,
                        verbose_name="怎么报的",
                    ),
                ),
                ("told_at", models.DateTimeField(verbose_name="何时报的")),
                (
                    "receipt",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="回执、指示"),
                ),
                ("receipt_at", models.DateTimeField(null=True, verbose_name="回执时间")),
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
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁报的",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.urgentreport",
                        verbose_name="重大紧急报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 接报",
                "verbose_name_plural": "historical 接报",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUrgentReport",
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
                    "facts",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="发生了什么"),
                ),
                (
                    "people_affected",
                    models.PositiveIntegerField(default=0, verbose_name="涉及人数"),
                ),
                ("found_at", models.DateTimeField(verbose_name="何时得知")),
                ("reported_at", models.DateTimeField(verbose_name="登记时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
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
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报告人",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 重大紧急报告",
                "verbose_name_plural": "historical 重大紧急报告",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUrgentStep",
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
                ("body", office.vault.VaultField(blank=True, default=b"", verbose_name="处置进展")),
                ("at", models.DateTimeField(verbose_name="时间")),
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
                        verbose_name="记录人",
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
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="matters.urgentreport",
                        verbose_name="重大紧急报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 续报",
                "verbose_name_plural": "historical 续报",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
