"""Addresses (slugs) of pages: readable pinyin, made on the server from the title."""

import re

from anyascii import anyascii
from django.utils.text import slugify
from pypinyin import lazy_pinyin
from wagtail.coreutils import cautious_slugify

LONGEST = 60
NAMELESS = "page"  # for a title without a single letter, digit or Chinese character


def address_of(title: str) -> str:
    """The address for a title: lower-case pinyin, at most 60 characters, cut between syllables.

    Letters and digits of the title stay whole words; "第3期" becomes "di-3-qi". Never empty.
    """
    syllables = lazy_pinyin(title, errors=lambda run: [f" {run} "])
    words = [word for word in slugify(" ".join(syllables)).replace("_", "-").split("-") if word]
    kept, length = [], -1
    for word in words:
        length += len(word) + 1
        if length > LONGEST:
            break
        kept.append(word)
    return "-".join(kept) or "".join(words)[:LONGEST] or NAMELESS


def is_machine_made(slug: str, title: str) -> bool:
    """Whether the editor's browser or Wagtail made this address out of a Chinese title.

    Both know no pinyin: they write code points ("u5173u4e8e") or run syllables together
    ("guanyuyanqi"), which nobody can read out over the telephone.
    """
    if title.isascii():
        return False
    spelt = slugify(anyascii(title))
    return slug in {cautious_slugify(title), spelt, spelt.replace("-", "")}


def is_address(slug: str) -> bool:
    """Whether a typed address may stay as it is: small letters, digits and single hyphens."""
    return bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug))


def follows(slug: str, title: str) -> bool:
    """Whether `slug` is the address made of `title`, counted up among its siblings or not."""
    made = address_of(title)
    return bool(re.fullmatch(re.escape(made) + r"(-\d+)?", slug))
