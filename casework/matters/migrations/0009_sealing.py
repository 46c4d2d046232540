from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0008_sealed_letters"),
    ]

    operations: list = []
