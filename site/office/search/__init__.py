"""Chinese search: finds exactly what a scan of the folded texts would find.

A word is folded text between blanks. A record fits when every word is a substring of its folded
title, names or body, or (a word of 2–20 Latin letters) of the pinyin or initials of title or names.
Exact numbers of records are looked up by the callers, without the index.
"""

from office.search.entries import forget, put, write
from office.search.finding import confirm, matching, ranked
from office.search.folding import fold, words
from office.search.following import JOB, behind, index_changes, reindex
from office.search.likeness import alike
from office.search.marking import excerpt, marked
from office.search.upkeep import compact, outage, service_state

__all__ = [
    "JOB",
    "alike",
    "behind",
    "compact",
    "confirm",
    "excerpt",
    "fold",
    "forget",
    "index_changes",
    "marked",
    "matching",
    "outage",
    "put",
    "ranked",
    "reindex",
    "service_state",
    "words",
    "write",
]
