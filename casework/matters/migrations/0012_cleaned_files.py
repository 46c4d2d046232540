from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0011_rights"),
    ]

    operations: list = []
