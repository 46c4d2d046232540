from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0007_grants"),
    ]

    operations: list = []
