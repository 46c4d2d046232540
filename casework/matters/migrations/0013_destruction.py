from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0012_cleaned_files"),
    ]

    operations: list = []
