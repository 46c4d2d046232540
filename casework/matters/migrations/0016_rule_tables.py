from datetime import date, timedelta

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from office.triggers import drop_statements

LONG_AGO = date(2000, 1, 1)


def close_drafts(apps, schema_editor):
    """The way back: there every profile has a first day and holds from it on, so what nobody
    approved ends before it begins. The history is closed by triggers; they are put back after
    every migration.
    """
    for name in ("RuleProfile", "HistoricalRuleProfile"):
        model = apps.get_model("matters", name)
        for statement in drop_statements(model):
            schema_editor.execute(statement)
        never = {"valid_from": LONG_AGO, "valid_to": LONG_AGO - timedelta(days=1)}
        model.objects.exclude(stage="approved").update(**never)


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0015_life_cycle'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalRuleAct',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('history_change_reason', models.TextField(null=True)),
                ('article', models.CharField(max_length=80, verbose_name='依据条款')),
                ('certainty', models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况')),
                ('act', models.CharField(max_length=20, verbose_name='行为')),
                ('second', models.BooleanField(default=False, verbose_name='须第二人审批')),
                ('decider', models.CharField(choices=[('registrar', '登记员'), ('officer', '承办人'), ('unit_head', '承办单位负责人'), ('office_head', '信访办主任'), ('legal_reviewer', '法制审核'), ('leader', '街道领导'), ('custodian', '密件保管人'), ('grid', '网格员（联络员）'), ('editor', '宣传员'), ('page_reviewer', '发布审核'), ('auditor', '审计员'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=20, verbose_name='由谁决定')),
                ('legal', models.BooleanField(default=False, verbose_name='须法制审核')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 审批要求',
                'verbose_name_plural': 'historical 审批要求',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRuleField',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('history_change_reason', models.TextField(null=True)),
                ('article', models.CharField(max_length=80, verbose_name='依据条款')),
                ('certainty', models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况')),
                ('field', models.CharField(max_length=30, verbose_name='登记内容')),
                ('state', models.CharField(choices=[('registered', '已登记'), ('objected', '异议待回复'), ('merged', '已并入，待告知'), ('accepted', '已受理'), ('handling', '办理中'), ('drafted', '意见待审核'), ('reviewed', '意见待签发'), ('signed', '已签发，待送达'), ('answered', '已答复'), ('performing', '履行中'), ('reviewing', '复查中'), ('upheld', '复查维持'), ('final_review', '复核中'), ('routed', '法定途径跟踪中'), ('assigned_out', '已交办下级'), ('closed', '已办结'), ('archived', '已归档'), ('withdrawn', '已撤回'), ('void', '已作废'), ('sealed', '密件待转交'), ('handed_over', '密件已转交')], max_length=12, verbose_name='从哪个状态起')),
                ('must', models.BooleanField(default=True, verbose_name='必填')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 登记内容的要求',
                'verbose_name_plural': 'historical 登记内容的要求',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRuleSetting',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('history_change_reason', models.TextField(null=True)),
                ('article', models.CharField(max_length=80, verbose_name='依据条款')),
                ('certainty', models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况')),
                ('key', models.CharField(max_length=30, verbose_name='口径')),
                ('value', models.CharField(max_length=60, verbose_name='取值')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 计算口径',
                'verbose_name_plural': 'historical 计算口径',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRuleText',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('history_change_reason', models.TextField(null=True)),
                ('article', models.CharField(max_length=80, verbose_name='依据条款')),
                ('certainty', models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况')),
                ('key', models.CharField(max_length=30, verbose_name='段落')),
                ('text', models.TextField(verbose_name='文字')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 固定文字',
                'verbose_name_plural': 'historical 固定文字',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RuleAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('article', models.CharField(max_length=80, verbose_name='依据条款')),
                ('certainty', models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况')),
                ('act', models.CharField(max_length=20, verbose_name='行为')),
                ('second', models.BooleanField(default=False, verbose_name='须第二人审批')),
                ('decider', models.CharField(choices=[('registrar', '登记员'), ('officer', '承办人'), ('unit_head', '承办单位负责人'), ('office_head', '信访办主任'), ('legal_reviewer', '法制审核'), ('leader', '街道领导'), ('custodian', '密件保管人'), ('grid', '网格员（联络员）'), ('editor', '宣传员'), ('page_reviewer', '发布审核'), ('auditor', '审计员'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=20, verbose_name='由谁决定')),
                ('legal', models.BooleanField(default=False, verbose_name='须法制审核')),
            ],
            options={
                'verbose_name': '审批要求',
                'verbose_name_plural': '审批要求',
            },
        ),
        migrations.CreateModel(
            name='RuleField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('article', models.CharField(max_length=80, verbose_name='依据条款')),
                ('certainty', models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况')),
                ('field', models.CharField(max_length=30, verbose_name='登记内容')),
                ('state', models.CharField(choices=[('registered', '已登记'), ('objected', '异议待回复'), ('merged', '已并入，待告知'), ('accepted', '已受理'), ('handling', '办理中'), ('drafted', '意见待审核'), ('reviewed', '意见待签发'), ('signed', '已签发，待送达'), ('answered', '已答复'), ('performing', '履行中'), ('reviewing', '复查中'), ('upheld', '复查维持'), ('final_review', '复核中'), ('routed', '法定途径跟踪中'), ('assigned_out', '已交办下级'), ('closed', '已办结'), ('archived', '已归档'), ('withdrawn', '已撤回'), ('void', '已作废'), ('sealed', '密件待转交'), ('handed_over', '密件已转交')], max_length=12, verbose_name='从哪个状态起')),
                ('must', models.BooleanField(default=True, verbose_name='必填')),
            ],
            options={
                'verbose_name': '登记内容的要求',
                'verbose_name_plural': '登记内容的要求',
            },
        ),
        migrations.CreateModel(
            name='RuleSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('article', models.CharField(max_length=80, verbose_name='依据条款')),
                ('certainty', models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况')),
                ('key', models.CharField(max_length=30, verbose_name='口径')),
                ('value', models.CharField(max_length=60, verbose_name='取值')),
            ],
            options={
                'verbose_name': '计算口径',
                'verbose_name_plural': '计算口径',
            },
        ),
        migrations.CreateModel(
            name='RuleText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('article', models.CharField(max_length=80, verbose_name='依据条款')),
                ('certainty', models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况')),
                ('key', models.CharField(max_length=30, verbose_name='段落')),
                ('text', models.TextField(verbose_name='文字')),
            ],
            options={
                'verbose_name': '固定文字',
                'verbose_name_plural': '固定文字',
            },
        ),
        migrations.AddField(
            model_name='historicalrulelimit',
            name='certainty',
            field=models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='decided_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='审批时间'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审批人'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='decision_note',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='审批意见'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='digest',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='内容校验值'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='drafted_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='edition',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='版次'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='适用说明'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='replaces',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.ruleprofile', verbose_name='修订自'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='stage',
            field=models.CharField(choices=[('draft', '起草中'), ('waiting', '等领导批准'), ('approved', '已批准'), ('dropped', '不再使用的草稿')], default='approved', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='historicalruleprofile',
            name='submitted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='送审时间'),
        ),
        migrations.AddField(
            model_name='rulelimit',
            name='certainty',
            field=models.CharField(choices=[('verified', '已核对原文'), ('unverified', '待核'), ('own', '内部自定')], default='unverified', max_length=10, verbose_name='核对情况'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='decided_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='审批时间'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审批人'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='decision_note',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='审批意见'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='digest',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='内容校验值'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='drafted_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='edition',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='版次'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='适用说明'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='replaces',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='matters.ruleprofile', verbose_name='修订自'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='stage',
            field=models.CharField(choices=[('draft', '起草中'), ('waiting', '等领导批准'), ('approved', '已批准'), ('dropped', '不再使用的草稿')], default='approved', editable=False, max_length=10, verbose_name='状态'),
        ),
        # Profiles written before were in force at once; from now on they begin as drafts.
        migrations.AlterField(
            model_name='historicalruleprofile',
            name='stage',
            field=models.CharField(choices=[('draft', '起草中'), ('waiting', '等领导批准'), ('approved', '已批准'), ('dropped', '不再使用的草稿')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='ruleprofile',
            name='stage',
            field=models.CharField(choices=[('draft', '起草中'), ('waiting', '等领导批准'), ('approved', '已批准'), ('dropped', '不再使用的草稿')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='ruleprofile',
            name='submitted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='送审时间'),
        ),
        migrations.AlterField(
            model_name='historicalrulelimit',
            name='article',
            field=models.CharField(max_length=80, verbose_name='依据条款'),
        ),
        migrations.AlterField(
            model_name='historicalruleprofile',
            name='valid_from',
            field=models.DateField(blank=True, null=True, verbose_name='施行日期'),
        ),
        migrations.AlterField(
            model_name='rulelimit',
            name='article',
            field=models.CharField(max_length=80, verbose_name='依据条款'),
        ),
        migrations.AlterField(
            model_name='ruleprofile',
            name='valid_from',
            field=models.DateField(blank=True, null=True, verbose_name='施行日期'),
        ),
        migrations.AddConstraint(
            model_name='ruleprofile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'approved'), _negated=True), ('valid_from__isnull', False), _connector='OR'), name='approved_rules_have_a_day', violation_error_message='请先填写施行日期。'),
        ),
        migrations.AddConstraint(
            model_name='ruleprofile',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), ('drafted_by', None), models.Q(('decided_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='nobody_approves_own_rules', violation_error_message='起草人不能审批自己起草的方案。'),
        ),
        migrations.AddField(
            model_name='historicalruleact',
            name='history_user',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalruleact',
            name='profile',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.ruleprofile', verbose_name='方案'),
        ),
        migrations.AddField(
            model_name='historicalrulefield',
            name='history_user',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalrulefield',
            name='profile',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.ruleprofile', verbose_name='方案'),
        ),
        migrations.AddField(
            model_name='historicalrulesetting',
            name='history_user',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalrulesetting',
            name='profile',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.ruleprofile', verbose_name='方案'),
        ),
        migrations.AddField(
            model_name='historicalruletext',
            name='history_user',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalruletext',
            name='profile',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.ruleprofile', verbose_name='方案'),
        ),
        migrations.AddField(
            model_name='ruleact',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='matters.ruleprofile', verbose_name='方案'),
        ),
        migrations.AddField(
            model_name='rulefield',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fields', to='matters.ruleprofile', verbose_name='方案'),
        ),
        migrations.AddField(
            model_name='rulesetting',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settings', to='matters.ruleprofile', verbose_name='方案'),
        ),
        migrations.AddField(
            model_name='ruletext',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='matters.ruleprofile', verbose_name='方案'),
        ),
        migrations.AddConstraint(
            model_name='ruleact',
            constraint=models.UniqueConstraint(fields=('profile', 'act'), name='one_rule_an_act'),
        ),
        migrations.AddConstraint(
            model_name='ruleact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__in', ('bar', 'extend', 'not_support', 'received', 'refuse', 'reopen', 'reroute', 'seal', 'served', 'unseal', 'void')), _negated=True), ('second', True), _connector='OR'), name='acts_of_two_stay_acts_of_two', violation_error_message='这一项必须由第二个人审批，不能取消。'),
        ),
        migrations.AddConstraint(
            model_name='rulefield',
            constraint=models.UniqueConstraint(fields=('profile', 'field'), name='one_rule_a_field'),
        ),
        migrations.AddConstraint(
            model_name='rulesetting',
            constraint=models.UniqueConstraint(fields=('profile', 'key'), name='one_value_a_setting'),
        ),
        migrations.AddConstraint(
            model_name='ruletext',
            constraint=models.UniqueConstraint(fields=('profile', 'key'), name='one_text_a_key'),
        ),
        migrations.RunPython(migrations.RunPython.noop, close_drafts),
    ]
