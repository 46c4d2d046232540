import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import office.vault


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0009_sealing"),
        ("office", "0006_verbs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConcernedUnit",
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
                    "source",
                    models.CharField(
                        choices=[
                            ("petitioner", "信访人反映"),
                            ("office", "信访办核实"),
                            ("unit", "该单位自己说明"),
                        ],
                        max_length=12,
                        verbose_name="谁说的",
                    ),
                ),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="反映它什么"),
                ),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(blank=True, null=True, verbose_name="至")),
            ],
            options={
                "verbose_name": "被反映的单位",
                "verbose_name_plural": "被反映的单位",
            },
        ),
        migrations.CreateModel(
            name="Conflict",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("named", "被反映人"),
                            ("declared", "本人回避"),
                            ("asked", "信访人要求回避"),
                        ],
                        max_length=8,
                        verbose_name="种类",
                    ),
                ),
                ("reason", office.vault.VaultField(blank=True, default=b"", verbose_name="理由")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "opinion",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="决定的理由"),
                ),
                ("told_on", models.DateField(null=True, verbose_name="答复信访人日期")),
                (
                    "told_how",
                    models.CharField(
                        blank=True,
                        choices=[("spoken", "当面"), ("phone", "电话"), ("written", "书面")],
                        max_length=8,
                        verbose_name="答复方式",
                    ),
                ),
            ],
            options={
                "verbose_name": "利害关系",
                "verbose_name_plural": "利害关系",
            },
        ),
        migrations.CreateModel(
            name="HistoricalConcernedUnit",
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
                    "source",
                    models.CharField(
                        choices=[
                            ("petitioner", "信访人反映"),
                            ("office", "信访办核实"),
                            ("unit", "该单位自己说明"),
                        ],
                        max_length=12,
                        verbose_name="谁说的",
                    ),
                ),
                (
                    "reason",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="反映它什么"),
                ),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(blank=True, null=True, verbose_name="至")),
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
                "verbose_name": "historical 被反映的单位",
                "verbose_name_plural": "historical 被反映的单位",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalConflict",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("named", "被反映人"),
                            ("declared", "本人回避"),
                            ("asked", "信访人要求回避"),
                        ],
                        max_length=8,
                        verbose_name="种类",
                    ),
                ),
                ("reason", office.vault.VaultField(blank=True, default=b"", verbose_name="理由")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "opinion",
                    office.vault.VaultField(blank=True, default=b"", verbose_name="决定的理由"),
                ),
                ("told_on", models.DateField(null=True, verbose_name="答复信访人日期")),
                (
                    "told_how",
                    models.CharField(
                        blank=True,
                        choices=[("spoken", "当面"), ("phone", "电话"), ("written", "书面")],
                        max_length=8,
                        verbose_name="答复方式",
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
            ],
            options={
                "verbose_name": "historical 利害关系",
                "verbose_name_plural": "historical 利害关系",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="approval",
            name="authority",
            field=models.CharField(blank=True, max_length=60, verbose_name="决定机关"),
        ),
        migrations.AddField(
            model_name="approval",
            name="level",
            field=models.CharField(
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
        migrations.AddField(
            model_name="approval",
            name="paper",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matterfile",
                verbose_name="决定文书",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="录入人",
            ),
        ),
        migrations.AddField(
            model_name="historicalapproval",
            name="authority",
            field=models.CharField(blank=True, max_length=60, verbose_name="决定机关"),
        ),
        migrations.AddField(
            model_name="historicalapproval",
            name="level",
            field=models.CharField(
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
        migrations.AddField(
            model_name="historicalapproval",
            name="paper",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalapproval",
            name="recorded_by",
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
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", ""),
                    models.Q(("decided_by", None), ("level", "district"), ("paper__isnull", False)),
                    models.Q(
                        models.Q(("level", "district"), _negated=True),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="approval_decision_has_ground",
            ),
        ),
        migrations.AddField(
            model_name="concernedunit",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="记录人",
            ),
        ),
        migrations.AddField(
            model_name="concernedunit",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="concerned_units",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="concernedunit",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="office.unit",
                verbose_name="被反映的单位",
            ),
        ),
        migrations.AddField(
            model_name="conflict",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="提出人",
            ),
        ),
        migrations.AddField(
            model_name="conflict",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审批人",
            ),
        ),
        migrations.AddField(
            model_name="conflict",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conflicts",
                to="matters.matter",
                verbose_name="信访事项",
            ),
        ),
        migrations.AddField(
            model_name="conflict",
            name="paper",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matters.matterfile",
                verbose_name="决定文书",
            ),
        ),
        migrations.AddField(
            model_name="conflict",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="录入人",
            ),
        ),
        migrations.AddField(
            model_name="conflict",
            name="told_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="答复人",
            ),
        ),
        migrations.AddField(
            model_name="conflict",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="当事人",
            ),
        ),
        migrations.AddField(
            model_name="historicalrecusal",
            name="conflict",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="matters.conflict",
                verbose_name="缘由",
            ),
        ),
        migrations.AddField(
            model_name="recusal",
            name="conflict",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recusals",
                to="matters.conflict",
                verbose_name="缘由",
            ),
        ),
        migrations.AddField(
            model_name="historicalconcernedunit",
            name="entered_by",
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
            model_name="historicalconcernedunit",
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
            model_name="historicalconcernedunit",
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
            model_name="historicalconcernedunit",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="office.unit",
                verbose_name="被反映的单位",
            ),
        ),
        migrations.AddField(
            model_name="historicalconflict",
            name="asked_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalconflict",
            name="decided_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalconflict",
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
            model_name="historicalconflict",
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
            model_name="historicalconflict",
            name="paper",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalconflict",
            name="recorded_by",
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
            model_name="historicalconflict",
            name="told_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalconflict",
            name="user",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="当事人",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernedunit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("matter", "unit"),
                name="one_open_concern",
                violation_error_message="这个单位已经记为被反映的单位。",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(
                        models.Q(("decided_by", models.F("user")), _negated=True),
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="concerned_and_asker_decide_no_conflict",
                violation_error_message="本人和提出人都不能决定这件回避。",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", ""),
                    models.Q(("decided_by", None), ("level", "district"), ("paper__isnull", False)),
                    models.Q(
                        models.Q(("level", "district"), _negated=True),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="conflict_decision_has_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")),
                fields=("matter", "user", "kind"),
                name="one_open_conflict_a_kind",
                violation_error_message="同样的回避正在等待决定。",
            ),
        ),
    ]
