from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0006_verbs"),
    ]

    operations: list = []
