from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0015_life_cycle")]

    operations = []
