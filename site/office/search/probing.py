"""Whether the index answers: its newest entries are looked up by words of their own titles.

An index that was damaged, or written by a program that cut its pieces otherwise, finds nothing and
says nothing; this says it.
"""

from office.models import SearchEntry
from office.registries import searchable
from office.search import candidates
from office.search.folding import words
from office.search.pieces import TITLE, kind_number, wanted

_ENTRIES, _LETTERS = 3, 4


def silent() -> list[str]:
    """The kinds of which an entry is not found by the first letters of its own title.

    Keyed kinds hold no title; they lie in the same table as the others.
    """
    return [kind for kind in searchable if not searchable[kind].keyed and _is_silent(kind)]


def _is_silent(kind: str) -> bool:
    newest = SearchEntry.objects.filter(kind=kind_number(kind)).order_by("-pk")
    for pk, title in newest.values_list("pk", "title")[:_ENTRIES]:
        asked = wanted(kind, " ".join(word[:_LETTERS] for word in words(title)[:1]), (TITLE,))
        if asked is not None and candidates.newest(kind, asked, (pk, pk), 1) != [pk]:
            return True
    return False
