"""The form of every move, and of asking for every act of two: name of the rule → form."""

from casework.matters.forms import asking, endings, entering, handling, leading, opinions
from casework.matters.forms.acts import ActForm
from casework.matters.forms.asking import AskForm
from casework.matters.outcomes.forms import ArchiveForm
from casework.matters.repeats.forms import FORMS as REPEATS

FORMS: dict[str, type[ActForm]] = {
    **entering.FORMS, **leading.FORMS, **handling.FORMS, **opinions.FORMS, **endings.FORMS,
    **REPEATS, "archive": ArchiveForm,
}  # fmt: skip
ASKS: dict[str, type[AskForm]] = {**asking.ASKS, **entering.ASKS, **leading.ASKS}
