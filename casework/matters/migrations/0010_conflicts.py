from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0009_sealing"),
    ]

    operations: list = []
