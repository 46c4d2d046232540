from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0007_verbs"),
    ]

    operations: list = []
