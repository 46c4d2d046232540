from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0009_seals"),
    ]

    operations: list = []
