"""How records are found: title, text, sound and day of each entry. The index is made anew."""

from django.db import migrations, models


def make_grams(apps, schema_editor):
    """The pieces: a full-text table on SQLite, an array with a GIN index on PostgreSQL."""
    schema_editor.execute("DROP TABLE office_searchgrams")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TABLE office_searchgrams (rowid bigint PRIMARY KEY, grams integer[] NOT NULL)"
        )
        # fastupdate would leave new pieces in a list that every search reads from end to end
        schema_editor.execute(
            "CREATE INDEX office_searchgrams_gin ON office_searchgrams"
            " USING gin (grams) WITH (fastupdate = off)"
        )
    else:
        schema_editor.execute(
            "CREATE VIRTUAL TABLE office_searchgrams USING fts5"
            "(grams, content='', columnsize=0, detail=none, tokenize='ascii')"
        )


def make_former_grams(apps, schema_editor):
    """The table of 0002_search, empty."""
    schema_editor.execute("DROP TABLE office_searchgrams")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TABLE office_searchgrams (rowid bigint PRIMARY KEY, grams text[] NOT NULL)"
        )
        schema_editor.execute(
            "CREATE INDEX office_searchgrams_gin ON office_searchgrams USING gin (grams)"
        )
    else:
        schema_editor.execute(
            "CREATE VIRTUAL TABLE office_searchgrams USING fts5"
            "(grams, detail=none, tokenize='unicode61 remove_diacritics 0')"
        )


def read_from_the_start(apps, schema_editor):
    """The index is empty: every change is read again."""
    apps.get_model("office", "Job").objects.filter(name="search").update(cursor=0)


class Migration(migrations.Migration):
    dependencies = [("office", "0002_search")]

    operations = [
        migrations.DeleteModel(name="SearchEntry"),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.SmallIntegerField()),
                ("object_id", models.BigIntegerField()),
                ("title", models.TextField(default="")),
                ("names", models.TextField(default="")),
                ("body", models.TextField(default="")),
                ("title_sound", models.TextField(default="")),
                ("names_sound", models.TextField(default="")),
                ("pieces", models.BinaryField(default=b"")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settled", models.BigIntegerField(default=0)),
                ("checkpoint", models.BigIntegerField(default=0)),
                ("horizon", models.BigIntegerField(default=0)),
                ("erased", models.BigIntegerField(default=0)),
                ("service", models.CharField(default="", max_length=40)),
                ("fed", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="SearchFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SmallIntegerField()),
                ("object_id", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(make_grams, make_former_grams),
        migrations.RunPython(read_from_the_start, read_from_the_start),
    ]
