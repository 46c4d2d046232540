"""Template tags of 导入台账."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from casework.matters.forms.ledgers import ChoiceForm

register = template.Library()


@register.simple_tag
def choice_of(form: ChoiceForm, index: int) -> SafeString:
    """The fields of one column: what it means, how it writes days, and of which year they are."""
    wanted = (f"column_{index}", f"order_{index}", f"year_{index}")
    names = [name for name in wanted if name in form.fields]
    return format_html_join(
        " ",
        '<label class="{}" for="{}">{}</label>{}',
        (
            (
                "" if name.startswith("year") else "w-sr-only",
                form[name].id_for_label,
                form[name].label,
                form[name],
            )
            for name in names
        ),
    ) or format_html("")
