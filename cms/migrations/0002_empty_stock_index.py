from django.db import migrations


def empty(apps, schema_editor):
    """The texts that Wagtail's own index held of pages; ours has taken its place."""
    apps.get_model("wagtailsearch", "IndexEntry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_site_frame"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
