"""How records are found: title, text, sound and day of each entry."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("office", "0002_search")]
    operations: list = []
