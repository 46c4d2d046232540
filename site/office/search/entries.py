"""The entries of the index: what lies in it for each record, written and taken out."""

import struct
from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from office.models import SearchEntry, SearchFeed, SearchMark
from office.registries import Text, searchable
from office.search import pieces
from office.search.folding import fold
from office.search.sounds import sound

BITE = 200  # records written in one transaction
_FIRST_DAY = date(1900, 1, 1)
_KIND, _DAY, _OBJECT = 48, 31, 31  # bits: 15 kind | 17 day | 31 record
_FIELDS = ("title", "names", "body", "title_sound", "names_sound", "pieces")


def entry_id(kind: str, object_id: int, day: date | None) -> int:
    """The id of an entry: of one kind, ids ascend by day and then by record."""
    if not 0 <= object_id < 1 << _OBJECT:
        raise ValueError(f"{kind} {object_id}: no place for this id in the index")
    days = min(max((day - _FIRST_DAY).days, 0), (1 << 17) - 1) if day else 0
    return pieces.kind_number(kind) << _KIND | days << _DAY | object_id


def span(kind: str) -> tuple[int, int]:
    """The ids between which all entries of a kind lie, both included."""
    first = pieces.kind_number(kind) << _KIND
    return first, first + (1 << _KIND) - 1


def entry(kind: str, object_id: int, text: Text) -> SearchEntry:
    """The entry a record should have."""
    made = SearchEntry(
        id=entry_id(kind, object_id, text.day),
        kind=pieces.kind_number(kind),
        object_id=object_id,
        title=fold(text.title),
        names=fold(text.names),
        body=fold(text.body),
    )
    if searchable[kind].keyed:
        numbers = pieces.of_keyed(kind, f"{made.title} {made.names} {made.body}")
        made.pieces = struct.pack(f"<{len(numbers)}I", *numbers)
        made.title = made.names = made.body = ""
    else:
        made.title_sound, made.names_sound = sound(made.title), sound(made.names)
    return made


def write(kind: str, ids: Iterable[int]) -> int:
    """Bring the entries of these records in line with what they hold now; how many were changed."""
    wanted, changed = sorted(set(ids)), 0
    for start in range(0, len(wanted), BITE):
        some = wanted[start : start + BITE]
        with transaction.atomic():
            _one_at_a_time()
            texts = searchable[kind].texts(some)
            changed += _replace(kind, texts, [pk for pk in some if pk not in texts])
    return changed


def put(kind: str, texts: Mapping[int, Text]) -> int:
    """Write the entries of these records; those whose entry is the same already are left alone."""
    with transaction.atomic():
        _one_at_a_time()
        return _replace(kind, texts, [])


def forget(kind: str, ids: Iterable[int]) -> int:
    """Take records out of the index for good: the next `compact` leaves no trace of them."""
    with transaction.atomic():
        _one_at_a_time()
        return _replace(kind, {}, list(ids))


def _one_at_a_time() -> None:
    """Who reads a text and writes its entry is alone, or an older text could be written last.

    SQLite: the transaction itself is the lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('office_searchentry'))")


def _replace(kind: str, texts: Mapping[int, Text], gone: list[int]) -> int:
    have = {
        found.object_id: found
        for found in SearchEntry.objects.filter(
            kind=pieces.kind_number(kind), object_id__in=[*texts, *gone]
        )
    }
    fresh = []
    for pk, text in texts.items():
        made = entry(kind, pk, text)
        if pk not in have or not _same(have[pk], made):
            fresh.append(made)
    stale = [have[pk] for pk in [*gone, *(made.object_id for made in fresh)] if pk in have]
    _take_out(kind, stale)
    _put_in(kind, fresh)
    if any(pk in have for pk in gone):  # erased, or sealed meanwhile
        SearchMark.objects.get_or_create(pk=1)
        SearchMark.objects.filter(pk=1).update(erased=F("erased") + 1)
    changed = {one.object_id for one in (*fresh, *stale)}
    if changed and settings.OPENSEARCH_URL:
        SearchFeed.objects.bulk_create(
            SearchFeed(kind=pieces.kind_number(kind), object_id=pk) for pk in sorted(changed)
        )
    return len(changed)


def _same(have: SearchEntry, made: SearchEntry) -> bool:
    return have.pk == made.pk and all(
        (bytes(getattr(have, name)) if name == "pieces" else getattr(have, name))
        == getattr(made, name)
        for name in _FIELDS
    )


def numbers(kind: str, one: SearchEntry) -> list[int]:
    """The numbers of the pieces of an entry, ascending."""
    if searchable[kind].keyed:
        held = bytes(one.pieces)
        return list(struct.unpack(f"<{len(held) // 4}I", held))
    return pieces.of_record(
        kind, pieces.Stored(one.title, one.names, one.body, one.title_sound, one.names_sound)
    )


def _take_out(kind: str, entries: list[SearchEntry]) -> None:
    if not entries:
        return
    entries.sort(key=lambda one: one.pk)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "DELETE FROM office_searchgrams WHERE rowid = ANY(%s)", [[e.pk for e in entries]]
            )
        else:  # the index holds no copy: it must be told what to take out
            cursor.executemany(
                "INSERT INTO office_searchgrams (office_searchgrams, rowid, grams)"
                " VALUES ('delete', %s, %s)",
                [(one.pk, tokens(numbers(kind, one))) for one in entries],
            )
    SearchEntry.objects.filter(pk__in=[one.pk for one in entries]).delete()


def _put_in(kind: str, entries: list[SearchEntry]) -> None:
    """Ascending, because each step back would make FTS5 write a segment of its own."""
    if not entries:
        return
    entries.sort(key=lambda one: one.pk)
    SearchEntry.objects.bulk_create(entries)
    postgres = connection.vendor == "postgresql"
    value = "%s::integer[]" if postgres else "%s"
    rows = ((one.pk, numbers(kind, one)) for one in entries)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO office_searchgrams (rowid, grams) VALUES (%s, {value})",
            [(pk, _array(found) if postgres else tokens(found)) for pk, found in rows],
        )


def signed(number: int) -> int:
    """The number as PostgreSQL's integer holds it."""
    return number - (1 << 32) if number >= 1 << 31 else number


def _array(found: Iterable[int]) -> str:
    """The numbers as PostgreSQL reads an array; a list of Python takes several times as long."""
    return "{" + ",".join(str(signed(number)) for number in found) + "}"


def tokens(found: Iterable[int]) -> str:
    """The numbers as FTS5 reads them: words of plain letters and digits."""
    return " ".join(map("{:x}".format, found))
