from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0010_conflicts"),
    ]

    operations: list = []
