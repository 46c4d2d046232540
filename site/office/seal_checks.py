"""Walking the chain of seals: a little at a time by the worker, whole by command."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from office.clock import now as present
from office.models import ChainSeal, SealCheck
from office.seals import noted_heads, problems_of, strays

EVERY = timedelta(hours=20)  # a new walk begins when the last one ended this long ago
ROWS = 20_000  # rows of one call of the worker
SHOWN = 50  # problems kept of one walk


def check_some(moment: datetime) -> None:
    """Go on with the walk in hand, or begin one that is due; for `office.work`."""
    walk = SealCheck.objects.filter(ended_at=None).order_by("-pk").first()
    if walk is None:
        last = SealCheck.objects.order_by("-pk").first()
        if last is not None and last.ended_at and moment - last.ended_at < EVERY:
            return
        walk = SealCheck(began_at=moment)
    _walk(walk, ROWS)


def check_all(tick: Callable[[int], None]) -> SealCheck:
    """Walk over the whole chain at once; tick: told the number of every link that was checked."""
    walk = SealCheck(began_at=present())
    while walk.ended_at is None:
        _walk(walk, ROWS)
        tick(walk.reached)
    return walk


def known(typed: str) -> ChainSeal | None:
    """The link whose head was noted elsewhere and typed in here; None when there is none."""
    head = "".join(typed.split()).replace("-", "").lower()
    return ChainSeal.objects.filter(head=head).first() if len(head) == 64 else None


def _walk(walk: SealCheck, most: int) -> None:
    """Check links until `most` rows were read or the chain ends; the walk is saved."""
    problems, noted, rows = walk.problems.splitlines(), noted_heads(), 0
    before = ChainSeal.objects.filter(number=walk.reached).first() if walk.reached else None
    if walk.reached and (before is None or before.head != walk.head):
        problems.append(f"第 {walk.reached} 次封存在核对期间被改动过。")
    for link in _links(walk.reached):
        problems += problems_of(link, before, noted)
        rows += sum(span["rows"] for span in link.spans)
        before, walk.reached, walk.head = link, link.number, link.head
        if rows >= most:
            break
    else:
        if cut := [number for number in noted if number > walk.reached]:
            told = f"库外留存到第 {max(cut)} 次封存，数据库里只到第 {walk.reached} 次：末尾被截去。"
            problems.append(told)
        problems += strays()
        walk.ended_at = present()
    walk.rows += rows
    walk.problems = "\n".join(problems[:SHOWN])
    walk.save()


def _links(after: int) -> Iterator[ChainSeal]:
    return ChainSeal.objects.filter(number__gt=after).order_by("number").iterator(chunk_size=20)
