"""查找: matters by a petitioner's exact name or phone, or by words of what was said.

Names and phones are looked up through their keyed hashes, words through the keyed index; a person
finds among the matters they may see, never among sealed ones. Every search is in the look ledger
before anything of it is shown, and the ledger tells nobody's name.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from casework.matters.contacts import (
    digits_of,
    name_hash,
    phone_hashes,
    plain_name,
)
from casework.matters.listing import ORDERS, PER_PAGE, Cursor, page_of
from casework.matters.models import Matter, Petitioner
from casework.matters.searching import SAID
from office import search
from office.identity import LEAST_DIGITS
from office.looks import log_search
from office.masking import mask_name, mask_phone
from office.models import Look
from office.posts import post_for
from office.vault import keyed_hash

VERB = "matters.find_person"
LONGEST = 60  # characters of what is looked for
_NEWEST = ORDERS["-received"]  # a ledger of years ago may have come in this morning
_MOST_IDS = 2000  # matters of one name that are looked at for one page
_MOST_READ = 500  # candidates that are opened for one page
_MARK = 8  # hex digits by which the ledger tells the same search from another


class Way(TextChoices):
    NAME = "name", "按姓名"
    PHONE = "phone", "按电话"
    TEXT = "text", "按正文里的字"


@dataclass(frozen=True)
class Question:
    """What is looked for, and in which way."""

    way: str
    words: str

    @property
    def plain(self) -> str:
        """The words as they are compared."""
        if self.way == Way.PHONE:
            return digits_of(self.words)
        return plain_name(self.words) if self.way == Way.NAME else search.fold(self.words)

    def gap(self) -> str:
        """Why this cannot be looked for; "" when it can."""
        plain = self.plain
        if self.way == Way.NAME:
            return "" if len(plain) > 1 else "请写全名，至少 2 个字；只有姓查不到。"
        if self.way == Way.PHONE:
            why = f"请写完整的电话，至少 {LEAST_DIGITS} 位数字；手机尾号查不到。"
            return "" if len(plain) >= LEAST_DIGITS else why
        return "" if len(plain) > 1 else "请至少写 2 个字。"

    def told(self) -> str:
        """What the ledger says of it: the way, a mask, and a mark that only the key can make."""
        mark = keyed_hash(f"find_{self.way}", self.plain)[:_MARK]
        masks = {Way.NAME: mask_name, Way.PHONE: mask_phone}
        mask = masks[Way(self.way)](self.plain) if self.way in masks else f"{len(self.plain)}字"
        return f"{Way(self.way).label}查找：{mask}（标记{mark}）"


@dataclass(frozen=True)
class Found:
    """One page of matters, newest first; `after` is where the next page begins, "" at the end."""

    matters: list[Matter]
    after: str = ""

    @property
    def count(self) -> str:
        return f"{len(self.matters)} 件" + ("以上" if self.after else "")


def find(user: Any, question: Question, after: str = "") -> Found:
    """The matters `user` may see that fit, from behind the cursor `after` on.

    Somebody unknown, somebody whose matters are hidden and a sealed matter are the same: nothing,
    in as many queries.
    """
    if question.way == Way.TEXT:
        return _by_text(user, question.words, after)
    if question.way == Way.NAME:
        rows = Petitioner.objects.filter(name_hash=name_hash(question.words))
    else:
        rows = Petitioner.objects.filter(phone_hash__in=phone_hashes(question.words))
    if cursor := Cursor.read(after, _NEWEST):
        rows = rows.filter(matter__in=Matter.objects.filter(_NEWEST.beyond(cursor, False)))
    newest = rows.order_by("-matter__received_on", "-matter")
    ids = list(newest.values_list("matter", flat=True)[:_MOST_IDS])
    return _page(_branches(user, ids or [0]), after)


def _branches(user: Any, ids: Any) -> list[Any]:
    return [rows.filter(sealed=False, pk__in=ids) for rows in Matter.objects.branches_for(user)]


def _page(branches: list[Any], after: str, limit: int = PER_PAGE) -> Found:
    page = page_of(branches, _NEWEST, {"after": after}, limit)
    return Found(page.matters, Cursor.of(page.matters[-1], _NEWEST) if page.later else "")


def _by_text(user: Any, words: str, after: str) -> Found:
    """Candidates of the index, newest first, opened until a page is full or enough were read."""
    candidates = search.matching(SAID, words)
    if candidates is None:
        return Found([])
    branches, found, read = _branches(user, candidates), [], 0
    while True:
        page = _page(branches, after, 2 * PER_PAGE)
        hits = search.confirm(SAID, words, [matter.pk for matter in page.matters])
        found += [matter for matter in page.matters if matter.pk in hits]
        read, after = read + len(page.matters), page.after
        if len(found) > PER_PAGE:
            return Found(found[:PER_PAGE], Cursor.of(found[PER_PAGE - 1], _NEWEST))
        if not after or read >= _MOST_READ:
            return Found(found, after)


def log(user: Any, question: Question, found: Found, purpose: str) -> Look:
    """Write the search down, before its result is shown. Raises ValidationError without a purpose."""
    what = f"{question.told()}，{found.count}"
    return log_search(user, Matter, what, purpose=purpose, post=post_for(user, VERB))
