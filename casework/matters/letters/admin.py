"""文书模板 in the menu."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.matters.letters.editions import VIEW
from office.menus import VerbMenuItem


@hooks.register("register_matters_menu_item")
def templates_item() -> MenuItem:
    return VerbMenuItem(
        VIEW, "文书模板", reverse("matters:letter_templates"), name="letter_templates",
        icon_name="doc-full", order=390,
    )  # fmt: skip
