"""The form in which texts and queries are compared.

`casefold` and not `lower`: it looks at one letter at a time, so a piece of a text folds as it does
inside the text ("ΟΔΟΣ".lower() ends in another sigma than its parts), and ß is found as ss.
"""

import unicodedata

# What no database column and no URL can hold separates words, as a blank does.
_HOLES = {0: " "} | dict.fromkeys(range(0xD800, 0xE000), " ")


def letters(text: str) -> str:
    """A text folded, its blanks left where they are."""
    if text.isascii():
        return text.replace("\0", " ").lower()
    text = unicodedata.normalize("NFKC", text.translate(_HOLES))
    # Folding the case may leave a letter and its mark apart (ΐ): put them together again.
    return unicodedata.normalize("NFKC", text.casefold())


def fold(text: str) -> str:
    """NFKC, case folded, blanks collapsed. Folding a folded text again changes nothing."""
    return " ".join(letters(text).split())


def words(query: str) -> list[str]:
    """The folded words of a query, each once, in their order; [] when there is nothing to find."""
    return list(dict.fromkeys(fold(query).split()))
