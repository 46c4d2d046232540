from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0016_rule_tables")]

    operations = []
