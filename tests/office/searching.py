"""A kind of record for the tests of search, and the scan its results are held against."""

from itertools import count

from pypinyin import lazy_pinyin

from office.models import Job
from office.registries import Searchable, Text, searchable
from office.search import fold, matching, put, ranked
from office.search.sounds import SYLLABLES

KIND = "office.job"  # rows that cost nothing to make
_turn = count()


def register(monkeypatch, texts: dict[int, Text], kind: str = KIND, *, keyed: bool = False) -> None:
    def read(ids):
        return {pk: texts[pk] for pk in ids if pk in texts}

    monkeypatch.setitem(searchable, kind, Searchable(read, keyed=keyed))


def make(texts: list[Text]) -> dict[int, Text]:
    """A record for each text; its entry is not written yet."""
    rows = [Job(name=f"record {next(_turn)}") for _ in texts]
    return {row.pk: text for row, text in zip(Job.objects.bulk_create(rows), texts, strict=True)}


def write(monkeypatch, texts: list[Text], kind: str = KIND, *, keyed: bool = False) -> dict:
    made = make(texts)
    register(monkeypatch, made, kind, keyed=keyed)
    put(kind, made)
    return made


def found(query: str, kind: str = KIND) -> set[int]:
    """What a list finds, and it must be what the ranked search finds."""
    expression = matching(kind, query)
    if expression is None:
        assert ranked(kind, query, Job.objects.all(), limit=10_000) == []
        return set()
    rows = set(Job.objects.filter(pk__in=expression).values_list("pk", flat=True))
    best = ranked(kind, query, Job.objects.all(), limit=10_000)
    assert len(best) == len(set(best))
    if not searchable[kind].keyed:
        assert set(best) == rows
    return rows


def scan(texts: dict[int, Text], query: str, *, by_sound: bool = True) -> set[int]:
    """What a reader with time would find: the rule of the search, without any index."""
    asked = fold(query).split(" ") if fold(query) else []
    return {
        pk
        for pk, text in texts.items()
        if asked and all(_holds(text, word, by_sound=by_sound) for word in asked)
    }


def _holds(text: Text, word: str, *, by_sound: bool) -> bool:
    if word in fold(f"{text.title}\n{text.names}\n{text.body}"):
        return True
    latin = word.isascii() and word.isalpha() and 2 <= len(word) <= 20
    return latin and by_sound and (_heard(fold(text.title), word) or _heard(fold(text.names), word))


def _heard(text: str, word: str) -> bool:
    """Character by character: does the pinyin or do the initials go on as the word does?"""
    for run in _runs(text):
        if word in "".join(syllable[0] for syllable in run):
            return True
        if any("".join(run[n:]).startswith(word) for n in range(len(run))):
            return True
    return False


def _runs(text: str) -> list[list[str]]:
    runs, chinese = [[]], ""
    for char in f"{text} ":
        if char == "〇" or "\u3400" <= char <= "\u9fff" or char >= "\U00020000":
            chinese += char
            continue
        for syllable in lazy_pinyin(chinese, errors=list) if chinese else []:
            if syllable in SYLLABLES:
                runs[-1].append(syllable)
            else:
                runs.append([])
        runs.append([])
        chinese = ""
    return [run for run in runs if run]
