"""Large ledgers: read and imported by the worker."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_exports_and_finding")]
    operations: list = []
