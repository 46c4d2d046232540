"""Large ledgers: read and imported by the worker; layouts that have ended."""

from django.conf import settings
from django.db import migrations, models


def read_anew(apps, schema_editor):
    """Uploads that wait are read once more, into rows; a half-done one goes on where it stood."""
    waiting = apps.get_model("matters", "ImportJob").objects.filter(read=False).exclude(path="")
    waiting.filter(state__in=["checking", "running"]).update(state="reading")


def check_again(apps, schema_editor):
    """Back to the state that the earlier version knows; the files that were read are gone."""
    jobs = apps.get_model("matters", "ImportJob").objects
    jobs.filter(state__in=["reading", "stopped"]).update(state="checking")


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0004_exports_and_finding'),
        ('office', '0004_exports_and_forms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, check_again),
        migrations.AddField(
            model_name='historicalledgerlayout',
            name='ended',
            field=models.BooleanField(default=False, verbose_name='已停用'),
        ),
        migrations.AddField(
            model_name='importjob',
            name='background',
            field=models.BooleanField(default=False, verbose_name='后台导入'),
        ),
        migrations.AddField(
            model_name='importjob',
            name='failures',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='importjob',
            name='found',
            field=models.BinaryField(default=b''),
        ),
        migrations.AddField(
            model_name='importjob',
            name='held_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='importjob',
            name='read',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='seen',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='ledgerlayout',
            name='ended',
            field=models.BooleanField(default=False, verbose_name='已停用'),
        ),
        migrations.AlterField(
            model_name='importjob',
            name='state',
            field=models.CharField(choices=[('reading', '正在读取'), ('checking', '待核对'), ('running', '导入中'), ('stopped', '停下了'), ('done', '已完成'), ('dropped', '已放弃')], default='checking', max_length=10, verbose_name='状态'),
        ),
        migrations.AddIndex(
            model_name='importjob',
            index=models.Index(condition=models.Q(('state__in', ['reading', 'running'])), fields=['id'], name='import_waiting'),
        ),
        migrations.AddIndex(
            model_name='importjob',
            index=models.Index(fields=['started_by', '-id'], name='import_person'),
        ),
        migrations.RunPython(read_anew, migrations.RunPython.noop),
    ]
