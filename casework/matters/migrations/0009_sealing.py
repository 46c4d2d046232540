import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0008_sealed_letters"),
        ("office", "0006_verbs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSealedAudit",
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
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("purpose", models.CharField(max_length=300, verbose_name="审计目的")),
                ("registered_from", models.DateField(verbose_name="登记日期自")),
                ("registered_to", models.DateField(verbose_name="登记日期至")),
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
                ("note", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                ("until", models.DateField(null=True, verbose_name="有效期至")),
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
                "verbose_name": "historical 密件审计申请",
                "verbose_name_plural": "historical 密件审计申请",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SealedAudit",
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
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("purpose", models.CharField(max_length=300, verbose_name="审计目的")),
                ("registered_from", models.DateField(verbose_name="登记日期自")),
                ("registered_to", models.DateField(verbose_name="登记日期至")),
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
                ("note", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                ("until", models.DateField(null=True, verbose_name="有效期至")),
            ],
            options={
                "verbose_name": "密件审计申请",
                "verbose_name_plural": "密件审计申请",
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matter_unit",
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matter_state",
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matter_registrar",
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matter_community",
        ),
        migrations.AlterField(
            model_name="approval",
            name="act",
            field=models.CharField(
                choices=[
                    ("void", "作废"),
                    ("received", "更正收到日期"),
                    ("seal", "转为密件"),
                    ("unseal", "解除密件"),
                ],
                max_length=12,
                verbose_name="事由",
            ),
        ),
        migrations.AlterField(
            model_name="historicalapproval",
            name="act",
            field=models.CharField(
                choices=[
                    ("void", "作废"),
                    ("received", "更正收到日期"),
                    ("seal", "转为密件"),
                    ("unseal", "解除密件"),
                ],
                max_length=12,
                verbose_name="事由",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("sealed", True)), fields=["id"], name="item_sealed"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["lead_unit", "number"], name="matter_unit_number"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["state", "number"], name="matter_state_number"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["registered_by", "number"], name="matter_registrar_number"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["community", "number"], name="matter_community_number"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("sealed", True)), fields=["id"], name="matter_sealed"
            ),
        ),
        migrations.AddField(
            model_name="historicalsealedaudit",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="申请人",
            ),
        ),
        migrations.AddField(
            model_name="historicalsealedaudit",
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
            model_name="historicalsealedaudit",
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
            model_name="sealedaudit",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="申请人",
            ),
        ),
        migrations.AddField(
            model_name="sealedaudit",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审批人",
            ),
        ),
        migrations.AddIndex(
            model_name="sealedaudit",
            index=models.Index(fields=["asked_by", "until"], name="sealed_audit_person"),
        ),
        migrations.AddConstraint(
            model_name="sealedaudit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="asker_decides_no_sealed_audit",
                violation_error_message="申请人不能审批自己的申请。",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedaudit",
            constraint=models.CheckConstraint(
                condition=models.Q(("registered_to__gte", models.F("registered_from"))),
                name="sealed_audit_period",
                violation_error_message="登记日期的起止写反了。",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedaudit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "approved"), ("until__isnull", False)),
                    models.Q(models.Q(("decision", "approved"), _negated=True), ("until", None)),
                    _connector="OR",
                ),
                name="approved_sealed_audit_ends",
            ),
        ),
    ]
