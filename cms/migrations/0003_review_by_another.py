from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def replace(apps: Any, old: str, new: str) -> None:
    """Put a task of the model `new` in the place of every task of `old` in a workflow."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    label, name = new.split(".")
    kind, _ = kinds.get_or_create(app_label=label, model=name)
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects
    for task in apps.get_model(*old.split(".")).objects.filter(active=True):
        made = apps.get_model(label, name).objects.create(
            name=task.name, active=True, content_type_id=kind.pk
        )
        made.groups.set(task.groups.all())
        steps.filter(task_id=task.pk).update(task_id=made.pk)
        task.active = False
        task.save()


def forward(apps: Any, schema_editor: Any) -> None:
    replace(apps, "wagtailcore.groupapprovaltask", "cms.pagereview")


def backward(apps: Any, schema_editor: Any) -> None:
    replace(apps, "cms.pagereview", "wagtailcore.groupapprovaltask")


class Migration(migrations.Migration):
    """Whoever wrote a page does not approve it: the default review becomes one that knows its author."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0002_empty_stock_index"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageReview",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users", to="auth.group", verbose_name="groups"
                    ),
                ),
            ],
            options={"verbose_name": "审核", "verbose_name_plural": "审核"},
            bases=("wagtailcore.task",),
        ),
        migrations.RunPython(forward, backward),
    ]
