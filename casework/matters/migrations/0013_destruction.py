from django.db import migrations, models

import office.vault


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0012_cleaned_files"),
        ("office", "0008_retention"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="historicalmatter",
            name="source_key",
        ),
        migrations.RemoveField(
            model_name="historicalpetitioner",
            name="id_hash",
        ),
        migrations.RemoveField(
            model_name="historicalpetitioner",
            name="name_hash",
        ),
        migrations.RemoveField(
            model_name="historicalpetitioner",
            name="phone_hash",
        ),
        migrations.AddField(
            model_name="historicalmatter",
            name="destroyed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="销毁时间"),
        ),
        migrations.AddField(
            model_name="historicalmatter",
            name="destroyed_in",
            field=models.CharField(
                blank=True, editable=False, max_length=20, verbose_name="销毁清册"
            ),
        ),
        migrations.AddField(
            model_name="historicalmatter",
            name="hold_reason",
            field=office.vault.VaultField(blank=True, default=b"", verbose_name="暂缓销毁的原因"),
        ),
        migrations.AddField(
            model_name="historicalmatter",
            name="hold_until",
            field=models.DateField(editable=False, null=True, verbose_name="暂缓销毁至"),
        ),
        migrations.AddField(
            model_name="historicalmatter",
            name="keep_until",
            field=models.DateField(editable=False, null=True, verbose_name="保管至"),
        ),
        migrations.AddField(
            model_name="historicalmatter",
            name="retention",
            field=models.CharField(
                blank=True, editable=False, max_length=20, verbose_name="保管期限"
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="destroyed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="销毁时间"),
        ),
        migrations.AddField(
            model_name="matter",
            name="destroyed_in",
            field=models.CharField(
                blank=True, editable=False, max_length=20, verbose_name="销毁清册"
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="hold_reason",
            field=office.vault.VaultField(blank=True, default=b"", verbose_name="暂缓销毁的原因"),
        ),
        migrations.AddField(
            model_name="matter",
            name="hold_until",
            field=models.DateField(editable=False, null=True, verbose_name="暂缓销毁至"),
        ),
        migrations.AddField(
            model_name="matter",
            name="keep_until",
            field=models.DateField(editable=False, null=True, verbose_name="保管至"),
        ),
        migrations.AddField(
            model_name="matter",
            name="retention",
            field=models.CharField(
                blank=True, editable=False, max_length=20, verbose_name="保管期限"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("destroyed_at", None), ("keep_until__isnull", False)),
                fields=["keep_until", "id"],
                name="matter_keep_until",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("due_on", None), ("retention", "")),
                fields=["id"],
                name="matter_no_term",
            ),
        ),
    ]
