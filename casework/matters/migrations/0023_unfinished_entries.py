"""What one registrar has still to complete is found without reading everything that is open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0022_clock_ledger")]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                fields=["registered_by", "due_on", "id"],
                condition=models.Q(complete=False),
                name="matter_incomplete",
            ),
        ),
    ]
