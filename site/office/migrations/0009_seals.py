from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0008_retention"),
    ]

    operations: list = []
