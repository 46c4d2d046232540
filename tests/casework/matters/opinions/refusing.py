"""What a refused act leaves behind: a sentence, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.casework.matters.trials import everything


def refused(act: Callable[..., Any], *args: Any, **named: Any) -> str:
    """The sentences with which an act is refused, after a look that no row was written."""
    before = everything()
    with pytest.raises(ValidationError) as told:
        act(*args, **named)
    assert everything() == before
    return " ".join(told.value.messages)
