"""The form of every move: name of the rule → form."""

from casework.matters.forms import entering, handling, opinions
from casework.matters.forms.acts import ActForm

FORMS: dict[str, type[ActForm]] = {**entering.FORMS, **handling.FORMS, **opinions.FORMS}
