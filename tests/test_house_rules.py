"""The rules of the house, held by reading our own files.

An exception is a row in one of the tables below, with its reason; a row that is no longer needed
fails too.
"""

import ast
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from config.env import VARIABLES
from tests import house

ROOT = Path(__file__).resolve().parents[1]
OURS = ("site", "cms", "casework", "publications", "tests", "benchmarks")  # folders with Python
WRITTEN = (*OURS, "templates", "docs", "fixtures", ".ci")  # folders with text of ours
NAMELESS = {"utils", "helpers", "common", "misc", "services", "selectors", "managers", "base"}
RULES = {"lifecycle", "clocks", "deadlines", "queries", "workdays", "indicators"}
DOORS = {"views", "viewsets", "tables"}

# Where a write may leave no history row, and why.
PAST_HISTORY: dict[str, str] = {
    "casework/matters/drafts.py": "forms that save themselves are no records yet",
    "site/office/bulk.py": "writes the rows, their history and their changes together",
    "site/office/entering/passwords.py": "hashes of passwords that may come back are forgotten",
    "site/office/forms.py": "one-time tokens and forms kept for an hour are no records",
    "site/office/grants.py": "what a group may do is made anew from the table of roles",
    "site/office/numbers.py": "the counter of a series; the record drawn for keeps the number",
    "site/office/outbox/bell.py": "that somebody has read a notice is no fact of a record",
    "site/office/outbox/posting.py": "notices are no records; a round of them is written at once",
    "site/office/search/entries.py": "the search index is derived from the records",
    "site/office/search/following.py": "the place of the search index is a job's cursor",
    "site/office/search/opensearch.py": "what an outer search service was told of the index",
    "site/office/search/upkeep.py": "the search index is derived from the records",
    "publications/demo.py": "removes the page Wagtail puts into an empty database",
}
# Models whose rows everybody inside may see, and why.
PUBLIC_INSIDE: dict[str, str] = {
    "Unit": "the organisation is known to all who work in it",
}
# Words that speak of how the product was made or of one machine, not of the product.
FOREIGN = re.compile(
    r"\bissues? #?\d|/work/|/root/|/tmp/\w|pypi\.|pythonhosted|co-authored-by",
    re.IGNORECASE,
)
PROMISE = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
# What makes a browser fetch: attributes of loading tags, and url() and imports of style sheets.
LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|image|use)\b[^>]*?"
    r"\b(?:src|srcset|href|data)\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|<link\b(?![^>]*rel=[\"']?(?:canonical|alternate))[^>]*?\bhref\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//"
    r"|(?:fetch\(|import\(|from)\s*[\"'](?:https?:)?//",
    re.IGNORECASE,
)


@cache
def files(*folders: str, kinds: tuple[str, ...] = (".py",)) -> list[Path]:
    """Our files of these kinds under the folders, and at the root when all are asked for."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    if set(folders) >= set(OURS):
        found += [path for path in ROOT.iterdir() if path.is_file()]
    return sorted(
        path for path in found if path.suffix in kinds and "__pycache__" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(*folders: str, called: set[str] | None = None) -> list[Path]:
    """Python of ours without migrations; `called`: only files or folders of these names."""
    return [
        path
        for path in files(*folders)
        if "migrations" not in path.parts
        and (called is None or called & {path.stem, *path.relative_to(ROOT).parts[:-1]})
    ]


def found(
    paths: Iterable[Path],
    rule: Callable[[ast.AST], list[house.Finding]],
    allowed: Iterable[str] = (),
) -> list[str]:
    """`path:line what` of every breach, and every allowance that nothing needs any more."""
    breaches = {name(path): rule(tree(path)) for path in paths}
    unused = [
        f"{path}: no longer needs its exception" for path in allowed if not breaches.get(path)
    ]
    return unused + [
        f"{path}:{line} {what}"
        for path, lines in breaches.items()
        if path not in allowed
        for line, what in lines
    ]


def lines_with(pattern: re.Pattern[str], paths: Iterable[Path]) -> list[str]:
    """`path:line text` of every line that the pattern finds in."""
    return [
        f"{name(path)}:{number} {line.strip()[:80]}"
        for path in paths
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_site_stays_a_shelf_and_never_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_a_reader_finds_no_file_longer_than_400_lines():
    kinds = (".py", ".html", ".css", ".js", ".sh", ".txt")
    long = {
        name(path): length
        for path in files(*OURS, "templates", ".ci", kinds=kinds)
        if "migrations" not in path.parts  # written by makemigrations
        and (length := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_a_reader_finds_no_function_longer_than_50_lines():
    assert found(files(*OURS), lambda code: house.long_functions(code, 50)) == []


def test_a_reader_finds_no_room_without_a_name_of_its_own():
    nameless = [name(path) for path in files(*OURS) if NAMELESS & {path.stem, path.parent.name}]
    assert nameless == []


def test_an_auditor_misses_no_write_because_none_goes_past_history():
    paths = code("site", "cms", "casework", "publications")
    assert found(paths, house.writes_past_history, PAST_HISTORY) == []


def test_an_officer_changes_a_state_through_move_alone():
    paths = [path for path in code("casework") if path.stem != "moving"]
    assert found(paths, house.states_written) == []


def test_a_rule_is_told_the_time_and_never_looks_at_the_clock():
    assert found(code("site", "casework", called=RULES), house.hidden_clocks) == []


def test_a_stranger_to_a_record_meets_visible_to_at_every_door():
    doors = code("casework", called=DOORS)
    assert found(doors, lambda code: house.unscoped_reads(code, set(PUBLIC_INSIDE))) == []


def test_no_signal_stands_between_a_writer_and_its_effects():
    assert found(code("casework"), house.signals_of_ours) == []


def test_tests_meet_the_real_code_and_no_mock():
    assert found(files("tests"), house.mocks) == []


def test_nothing_is_promised_that_is_not_there():
    texts = files(
        *OURS, "templates", "docs", ".ci", kinds=(".py", ".html", ".css", ".js", ".md", "")
    )
    assert found(files(*OURS), house.promises) + lines_with(PROMISE, texts) == []


def test_a_developer_reads_in_its_name_what_a_migration_does():
    migrations = [path for path in files(*OURS) if path.parent.name == "migrations"]
    nameless = [name(path) for path in migrations if re.search(r"_auto_|_and_more", path.stem)]
    assert nameless + found(migrations, house.one_way_migrations) == []


def test_every_requirement_is_pinned_and_says_what_it_is_for():
    pinned = re.compile(r"[\w.\[\]-]+==[\w.]+(?:; [^#]+)?\s+# \S.{9,}")
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    loose = [line for line in lines if line and line[0] != "#" and not pinned.fullmatch(line)]
    named = [line.split("==")[0].lower() for line in lines if "==" in line]
    assert (loose, sorted(set(named))) == ([], sorted(named))


def test_the_readme_shows_the_table_of_environment_variables():
    """Rows of README's table: | `NAME` | `default` or words | meaning |."""
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("README.md is not written yet")
    rows = re.findall(
        r"^\| *`([A-Z][A-Z_]+)` *\| *(?:`([^`]*)`|[^|`]*) *\| *\S[^|]*\|",
        readme.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert rows == [(variable.name, variable.default) for variable in VARIABLES]


def test_the_repository_speaks_of_the_product_alone():
    kinds = (".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".csv", ".json", "")
    assert lines_with(FOREIGN, files(*WRITTEN, kinds=kinds)) == []


def test_a_closed_network_shows_every_page_whole():
    """No script, style, font or picture comes from another host."""
    kinds = (".html", ".css", ".js", ".svg", ".xml")
    assert lines_with(LOADED, files(*OURS, "templates", kinds=kinds)) == []


@pytest.mark.parametrize(
    ("rule", "source", "breaches"),
    [
        (house.writes_past_history, "Matter.objects.filter(pk=1).update(state='closed')", 1),
        (house.writes_past_history, "rows.update(**changes)", 1),
        (house.writes_past_history, "Matter.objects.bulk_create(rows)", 1),
        (house.writes_past_history, "matter.history.all().delete()", 1),
        (house.writes_past_history, "cursor.execute(f'UPDATE {table} SET a = 1')", 1),
        (house.writes_past_history, "seen.update({1}); digest.update(b''); store.delete(name)", 0),
        (house.writes_past_history, "cursor.execute('SELECT 1')", 0),
        (house.hidden_clocks, "date.today()", 1),
        (house.hidden_clocks, "Field(default=timezone.now)", 1),
        (house.hidden_clocks, "datetime.datetime.now(tz)", 1),
        (house.hidden_clocks, "def due(on): return on.today", 0),
        (house.states_written, "matter.state = State.CLOSED", 1),
        (house.states_written, "def close(m):\n    m.state, m.closed_on = 'closed', on", 1),
        (house.states_written, "def move(m):\n    m.state = target", 0),
        (house.signals_of_ours, "from django.db.models.signals import post_save", 1),
        (house.one_way_migrations, "migrations.RunPython(forwards)", 1),
        (house.one_way_migrations, "migrations.RunPython(forwards, backwards)", 0),
        (house.mocks, "from unittest import mock", 1),
        (house.promises, "raise NotImplementedError", 1),
        (lambda code: house.unscoped_reads(code, {"Unit"}), "Matter.objects.all()", 1),
        (lambda code: house.unscoped_reads(code, {"Unit"}), "models.Matter.objects.get(pk=1)", 1),
        (lambda code: house.unscoped_reads(code, {"Unit"}), "get_object_or_404(Matter, pk=1)", 1),
        (lambda code: house.unscoped_reads(code, {"Unit"}), "Matter.objects.visible_to(u)", 0),
        (lambda code: house.unscoped_reads(code, {"Unit"}), "Unit.objects.all()", 0),
        (lambda code: house.long_functions(code, 2), "def f():\n    a\n    b", 1),
    ],
)
def test_a_breach_is_seen_by_its_rule(rule, source, breaches):
    assert len(rule(ast.parse(source))) == breaches


@pytest.mark.parametrize(
    ("line", "loaded"),
    [
        ('<script src="https://cdn.example/a.js"></script>', True),
        ("<link rel=stylesheet href='//fonts.example/a.css'>", True),
        ("background: url(https://a.example/b.png)", True),
        ('<a href="https://www.gov.cn/">中国政府网</a>', False),
        ('<link rel="canonical" href="https://desk.example/">', False),
        ('<svg xmlns="http://www.w3.org/2000/svg">', False),
    ],
)
def test_a_load_from_another_host_is_told_from_a_link(line, loaded):
    assert bool(LOADED.search(line)) is loaded
