import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import office.vault


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0017_reviews_not_taken_up'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IssuingBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('code', models.CharField(max_length=8, unique=True, verbose_name='机关代字')),
                ('seal', models.CharField(max_length=60, verbose_name='印章')),
                ('superior', models.CharField(max_length=60, verbose_name='复查机关')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='联系电话')),
                ('active', models.BooleanField(default=True, verbose_name='使用中')),
            ],
            options={
                'verbose_name': '发文主体',
                'verbose_name_plural': '发文主体',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalIssuingBody',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('history_change_reason', models.TextField(null=True)),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('code', models.CharField(max_length=8, verbose_name='机关代字')),
                ('seal', models.CharField(max_length=60, verbose_name='印章')),
                ('superior', models.CharField(max_length=60, verbose_name='复查机关')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='联系电话')),
                ('active', models.BooleanField(default=True, verbose_name='使用中')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 发文主体',
                'verbose_name_plural': 'historical 发文主体',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LetterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('acceptance', '受理告知书'), ('refusal', '不予受理告知书'), ('barred', '不再受理告知书'), ('path_notice', '分类处理告知书'), ('forward', '转送函'), ('assign_out', '交办函'), ('told', '去向告知书'), ('objection', '异议书'), ('objection_answer', '来文机关对异议的答复'), ('report_up', '呈报'), ('fast_left', '退出简易办理告知书'), ('extension', '延期告知书'), ('opinion', '信访处理意见书'), ('reply', '答复'), ('return', '退回单'), ('supervision', '督办函'), ('supervision_answer', '督办反馈'), ('closing', '办结报告'), ('cooperation', '协办函'), ('approval_sheet', '呈批单'), ('repeat_notice', '并案告知书'), ('urgent', '重大紧急信访报告'), ('settlement', '调解、和解协议书'), ('review_receipt', '复查（复核）申请回执'), ('review_opinion', '复查（复核）意见书'), ('withdrawal', '撤回申请书'), ('minutes', '会商纪要'), ('f_registration', '登记表'), ('f_talk', '接谈笔录'), ('f_materials', '材料接收清单'), ('f_address', '送达地址确认书及电子送达同意书'), ('f_proof', '送达回证'), ('f_delegates', '代表推选书'), ('f_agent', '授权委托书'), ('f_recusal', '回避申请书'), ('f_withdrawal', '撤回申请书'), ('f_review', '复查（复核）申请书'), ('f_rights', '权利义务告知单'), ('f_mediation', '调解申请书'), ('f_confirmation', '司法确认申请书'), ('f_approval', '呈批单'), ('f_publishing', '信息发布审批单'), ('f_rating', '满意度卡')], max_length=20, verbose_name='文书')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('content', models.BinaryField(verbose_name='文件')),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('why', models.CharField(max_length=200, verbose_name='修改原因')),
                ('at', models.DateTimeField(verbose_name='上传时间')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '文书模板',
                'verbose_name_plural': '文书模板',
                'ordering': ['kind', 'edition'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('stage', models.CharField(choices=[('draft', '草稿'), ('frozen', '已签发')], default='draft', max_length=8, verbose_name='状态')),
                ('remark', office.vault.VaultField(blank=True, default=b'', verbose_name='附言')),
                ('drafted_at', models.DateTimeField(verbose_name='拟稿时间')),
                ('series', models.CharField(blank=True, editable=False, max_length=20, verbose_name='字号')),
                ('year', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='年份')),
                ('serial', models.PositiveIntegerField(editable=False, null=True, verbose_name='序号')),
                ('acted', models.BooleanField(default=False, editable=False, verbose_name='随审批签发')),
                ('authority', models.CharField(blank=True, max_length=60, verbose_name='决定机关')),
                ('signed_on', models.DateField(null=True, verbose_name='签发日期')),
                ('reason', office.vault.VaultField(blank=True, default=b'', verbose_name='更正的理由')),
                ('last_day', models.DateField(null=True, verbose_name='更正后的最后安全日')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.issuingbody', verbose_name='发文主体')),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='matters.letter', verbose_name='更正')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='matters.document', verbose_name='文书')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟稿人')),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='matters.matterfile', verbose_name='文件')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='matters.matter', verbose_name='信访事项')),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.papersignature', verbose_name='纸质签批')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签发人')),
                ('template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.lettertemplate', verbose_name='模板')),
            ],
            options={
                'verbose_name': '文书成文',
                'verbose_name_plural': '文书成文',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalLetter',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('history_change_reason', models.TextField(null=True)),
                ('stage', models.CharField(choices=[('draft', '草稿'), ('frozen', '已签发')], default='draft', max_length=8, verbose_name='状态')),
                ('remark', office.vault.VaultField(blank=True, default=b'', verbose_name='附言')),
                ('drafted_at', models.DateTimeField(verbose_name='拟稿时间')),
                ('series', models.CharField(blank=True, editable=False, max_length=20, verbose_name='字号')),
                ('year', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='年份')),
                ('serial', models.PositiveIntegerField(editable=False, null=True, verbose_name='序号')),
                ('acted', models.BooleanField(default=False, editable=False, verbose_name='随审批签发')),
                ('authority', models.CharField(blank=True, max_length=60, verbose_name='决定机关')),
                ('signed_on', models.DateField(null=True, verbose_name='签发日期')),
                ('reason', office.vault.VaultField(blank=True, default=b'', verbose_name='更正的理由')),
                ('last_day', models.DateField(null=True, verbose_name='更正后的最后安全日')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('document', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.document', verbose_name='文书')),
                ('drafted_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟稿人')),
                ('file', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.matterfile', verbose_name='文件')),
                ('history_user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.matter', verbose_name='信访事项')),
                ('signature', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.papersignature', verbose_name='纸质签批')),
                ('signed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签发人')),
                ('body', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.issuingbody', verbose_name='发文主体')),
                ('corrects', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.letter', verbose_name='更正')),
                ('template', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matters.lettertemplate', verbose_name='模板')),
            ],
            options={
                'verbose_name': 'historical 文书成文',
                'verbose_name_plural': 'historical 文书成文',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='lettertemplate',
            constraint=models.UniqueConstraint(fields=('kind', 'edition'), name='one_template_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('serial__isnull', False)), fields=('series', 'year', 'serial'), name='one_letter_a_number'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', None), ('serial', None), ('stage', 'draft')), models.Q(('file__isnull', False), ('serial__isnull', False), ('signed_on__isnull', False), ('stage', 'frozen'), ('template__isnull', False)), _connector='OR'), name='frozen_letters_are_whole'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('signed_by', None), ('acted', True), models.Q(('signed_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='drafter_signs_no_letter', violation_error_message='拟稿人不能签发自己拟的文书。'),
        ),
    ]
