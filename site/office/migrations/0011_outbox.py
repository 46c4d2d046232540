import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0010_desk_of_looks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('kind', models.CharField(max_length=60, verbose_name='事项')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('record_kind', models.CharField(blank=True, max_length=80)),
                ('record_id', models.BigIntegerField(null=True)),
                ('link', models.CharField(blank=True, max_length=200)),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': '通知',
                'verbose_name_plural': '通知',
            },
        ),
        migrations.CreateModel(
            name='NoticeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('key', models.CharField(max_length=80, unique=True, verbose_name='项目')),
                ('title', models.CharField(blank=True, max_length=60, verbose_name='标题')),
                ('body', models.CharField(max_length=500, verbose_name='正文')),
            ],
            options={
                'verbose_name': '通知文字',
                'verbose_name_plural': '通知文字',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('bell', '站内'), ('mail', '邮件'), ('sms', '短信')], max_length=8, verbose_name='方式')),
                ('resident_kind', models.CharField(blank=True, max_length=80)),
                ('resident_id', models.BigIntegerField(null=True)),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('waiting', '等待发送'), ('failed', '没发成，稍后再试'), ('sent', '已发出'), ('arrived', '已送达'), ('given_up', '没有发出')], default='waiting', max_length=10, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='发送次数')),
                ('next_at', models.DateTimeField(verbose_name='下次发送')),
                ('held_until', models.DateTimeField(null=True)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='标题')),
                ('words', models.TextField(blank=True, verbose_name='内容')),
                ('outcome', models.CharField(blank=True, max_length=200, verbose_name='结果')),
                ('external_id', models.CharField(blank=True, max_length=80)),
                ('sent_at', models.DateTimeField(null=True, verbose_name='发出时间')),
                ('read_at', models.DateTimeField(null=True, verbose_name='已读')),
                ('instead_of', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代谁收')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='office.notice')),
            ],
            options={
                'verbose_name': '通知发送',
                'verbose_name_plural': '通知发送',
            },
        ),
        migrations.CreateModel(
            name='DeliveryTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('state', models.CharField(choices=[('waiting', '等待发送'), ('failed', '没发成，稍后再试'), ('sent', '已发出'), ('arrived', '已送达'), ('given_up', '没有发出')], max_length=10, verbose_name='状态')),
                ('said', models.CharField(blank=True, max_length=200, verbose_name='结果')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='office.delivery')),
            ],
            options={
                'verbose_name': '发送记录',
                'verbose_name_plural': '发送记录',
            },
        ),
        migrations.CreateModel(
            name='HistoricalNoticeChoice',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('history_change_reason', models.TextField(null=True)),
                ('channels', models.JSONField(default=dict, verbose_name='接收方式')),
                ('quiet_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='免打扰从（点）')),
                ('quiet_until', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='免打扰到（点）')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': 'historical 通知设置',
                'verbose_name_plural': 'historical 通知设置',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalNoticeText',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('history_change_reason', models.TextField(null=True)),
                ('key', models.CharField(max_length=80, verbose_name='项目')),
                ('title', models.CharField(blank=True, max_length=60, verbose_name='标题')),
                ('body', models.CharField(max_length=500, verbose_name='正文')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 通知文字',
                'verbose_name_plural': 'historical 通知文字',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('channels', models.JSONField(default=dict, verbose_name='接收方式')),
                ('quiet_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='免打扰从（点）')),
                ('quiet_until', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='免打扰到（点）')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice_choice', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '通知设置',
                'verbose_name_plural': '通知设置',
            },
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('channel', 'bell')), fields=['person', 'id'], name='delivery_bell'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('channel', 'bell'), ('read_at', None)), fields=['person', 'id'], name='delivery_unread'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state__in', ('waiting', 'failed'))), fields=['channel', 'id'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('channel__in', ('mail', 'sms'))), fields=['id'], name='delivery_outside'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'given_up')), fields=['id'], name='delivery_lost'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('notice', 'channel', 'person'), name='delivery_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('person', None)), fields=('notice', 'channel', 'resident_kind', 'resident_id'), name='delivery_once_a_resident'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('resident_id', None)), models.Q(('channel', 'sms'), ('person', None), ('resident_id__isnull', False)), _connector='OR'), name='delivery_has_one_receiver'),
        ),
    ]
