"""The invented street of the demo hangs together: units, people, categories and 80 matters.

Reads the files under `fixtures/demo/` only; no database. Days are counted as the files count them:
`received_days_ago` and `to_days_ago` back from the day the demo is made, `days_after_received`
forward from the date of receipt as first recorded (domain §2, practice §1 and §7).
"""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
REVIEW_DAYS = 30 + 10  # to ask for a review (条例 art. 35); a last day on a holiday moves behind it

CHANNELS = {"letter", "visit", "phone", "online", "forwarded", "hotline"}
OUTCOMES = {"support", "explain", "not_supported", "mediated", "adopted"}
ROLES = {
    "registrar",
    "officer",
    "unit_head",
    "office_head",
    "legal_reviewer",
    "leader",
    "custodian",
    "grid",
    "editor",
    "page_reviewer",
    "auditor",
    "system_admin",
    "security_admin",
    "audit_admin",
}
ACCOUNTS = {
    "registrar",
    "registrar2",
    "officer",
    "officer2",
    "head",
    "head2",
    "officehead",
    "reviewer",
    "leader",
    "custodian",
    "custodian2",
    "grid",
    "editor",
    "reviewer1",
    "reviewer2",
    "reviewer3",
    "auditor",
    "sysadmin",
    "secadmin",
    "auditadmin",
}
PARENTS = {
    "district": {None},
    "street": {"district"},
    "section": {"street"},
    "community": {"street"},
    "village": {"street"},
    "grid": {"community", "village"},
    "outside": {"district"},
}
#: how a matter is answered
GIVEN = ("answer", "opinion", "settle")
#: what gives a matter to a unit, or takes it back
GIVES = ("assign", "reassign", "assign_out", "return")
#: what says by which path a matter goes
TAKES_ON = ("accept", "route", "on_spot")
NEVER = re.compile(
    "稳控|维稳|缠访|闹访|劝返|接返|息诉|罢访|重点人员|老户|上访户|钉子户|刁民|黑名单|无理取闹|越级"
)


def read(name: str) -> list[dict]:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def all_matters() -> list[dict]:
    files = sorted((DEMO / "matters").glob("*.json"))
    return [matter for file in files for matter in json.loads(file.read_text(encoding="utf-8"))]


UNITS = {unit["key"]: unit for unit in read("units.json")}
PEOPLE = {person["username"]: person for person in read("people.json")}
CATEGORIES = {category["code"]: category for category in read("categories.json")}
MATTERS = all_matters()
OPENED = [matter for matter in MATTERS if matter["state"] != "sealed"]
SEALED = [matter for matter in MATTERS if matter["state"] == "sealed"]


def each(matters: list[dict]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("matter", matters, ids=[matter["key"] for matter in matters])


def steps(matter: dict, move: str) -> list[dict]:
    return [step for step in matter["story"] if step["move"] == move]


def day_of(matter: dict, move: str) -> int | None:
    """Days after the recorded receipt on which `move` was last made."""
    made = steps(matter, move)
    return made[-1]["days_after_received"] if made else None


def led_by(matter: dict) -> tuple[str | None, str | None]:
    """(unit, officer) as the last step that gave the matter to somebody says."""
    given = [step for step in matter["story"] if step["move"] in GIVES]
    if not given or given[-1]["move"] == "return":
        return None, None
    return given[-1].get("lead_unit") or given[-1].get("unit"), given[-1].get("officer")


def texts(matter: dict) -> list[str]:
    """Everything written about a matter but who handed it in."""
    story = [step[k] for step in matter["story"] for k in ("note", "text", "evidence") if k in step]
    files = [file[k] for file in matter["attachments"] for k in ("name", "caption")]
    return [matter["title"], matter["claim"] or "", *story, *files]


# The street and its people


def test_a_visitor_finds_one_street_with_eight_communities_their_grids_and_outside_bodies():
    kinds = Counter(unit["kind"] for unit in UNITS.values())
    assert kinds["street"] == kinds["district"] == 1
    assert kinds["community"] + kinds["village"] == 8
    assert 10 <= kinds["section"] <= 14
    assert kinds["outside"] >= 5
    grids = Counter(unit["parent"] for unit in UNITS.values() if unit["kind"] == "grid")
    assert len(grids) == 8
    assert all(2 <= count <= 4 for count in grids.values())
    assert len(read("units.json")) == len(UNITS)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_loader_meets_every_unit_after_its_parent_and_with_an_invented_office_number(unit):
    parent = UNITS.get(unit["parent"])
    assert (parent and parent["kind"]) in PARENTS[unit["kind"]]
    order = list(UNITS)
    assert parent is None or order.index(unit["parent"]) < order.index(unit["key"])
    assert re.fullmatch(r"0000-8800\d{3}", unit["phone"])
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", unit["valid_from"])


def test_every_account_of_the_demo_exists_once_and_says_what_it_is_good_for():
    assert len(read("people.json")) == len(PEOPLE)
    assert len({person["name"] for person in PEOPLE.values()}) == len(PEOPLE)
    assert set(PEOPLE) >= ACCOUNTS
    assert {person["role"] for person in PEOPLE.values()} == ROLES
    for person in PEOPLE.values():
        assert person["unit"] in UNITS
        assert 2 <= len(person["name"]) <= 3
        assert person["title"]
        assert len(person["shows"]) >= 8


def test_a_registrar_picks_a_subject_from_a_tree_of_two_levels():
    tops = [code for code, category in CATEGORIES.items() if category["parent"] is None]
    assert len(read("categories.json")) == len(CATEGORIES)
    assert 12 <= len(tops) <= 15
    assert 55 <= len(CATEGORIES) - len(tops) <= 75
    for code, category in CATEGORIES.items():
        assert category["parent"] is None or category["parent"] in tops
        assert re.fullmatch(r"[A-Z]{2}(\d\d)?", code)


# The matters


def test_a_visitor_sees_eighty_matters_and_first_those_that_everybody_knows():
    assert len({matter["key"] for matter in MATTERS}) == len(MATTERS) == 80
    assert {matter["channel"] for matter in MATTERS} == CHANNELS
    assert len({matter["title"] for matter in OPENED}) == len(OPENED)
    named = [matter["key"] for matter in MATTERS[:25]]
    assert [key[:3] for key in named] == [f"m{number:02d}" for number in range(1, 26)]


@each(OPENED)
def test_a_registrar_reads_the_thing_and_not_the_person_in_a_title(matter):
    assert 6 <= len(matter["title"]) <= 40
    for petitioner in matter["petitioners"]:
        assert not petitioner["name"] or all(
            petitioner["name"] not in text for text in texts(matter)
        )


@each(OPENED)
def test_a_petitioner_is_invented_reachable_in_no_real_network_and_one_of_them_comes_first(matter):
    people = matter["petitioners"]
    assert sum(person["is_main"] for person in people) == 1
    for person in people:
        assert re.fullmatch(r"(1990000\d{4})?", person["phone"])
        assert person["kind"] in {"person", "organisation", "anonymous"}
        assert person["name"] or person["kind"] == "anonymous"
    assert len(people) <= matter["people_count"]
    assert 0 <= matter["representatives"] <= 5
    assert (matter["representatives"] > 0) == (matter["people_count"] >= 5)


def test_two_petitioners_never_share_a_telephone():
    owner = {}
    for matter in OPENED:
        for person in matter["petitioners"]:
            assert (
                not person["phone"]
                or owner.setdefault(person["phone"], person["name"]) == (person["name"])
            )


@each(MATTERS)
def test_a_reader_meets_no_id_number_no_private_phone_and_no_word_that_labels_people(matter):
    written = json.dumps(matter, ensure_ascii=False)
    assert not re.search(r"\d{15}|\d{17}[\dXx]", written)
    assert all(number.startswith("1990000") for number in re.findall(r"(?<!\d)1\d{10}", written))
    assert not NEVER.search(written)


@each(OPENED)
def test_a_matter_is_told_at_length_and_stands_in_a_place_under_a_subject(matter):
    assert 60 <= len(matter["claim"]) <= (400 if steps(matter, "split") else 300)
    assert matter["klass"] in {"A", "C"}
    assert CATEGORIES[matter["category"]]["parent"]
    assert UNITS[matter["community"]]["kind"] in {"community", "village"}
    assert matter["grid"] is None or UNITS[matter["grid"]]["parent"] == matter["community"]
    assert matter["channel"] in CHANNELS
    sent_on = matter["channel"] in {"forwarded", "hotline"}
    assert bool(matter["source"]) == sent_on
    taken_on = any(steps(matter, move) for move in TAKES_ON)
    routed = matter["klass"] == "C" and taken_on
    assert (matter["path"] in {"C1", "C2", "C3", "C4", "C5", "C6"}) == routed
    for file in matter["attachments"]:
        assert file["kind"] in {"photo", "note", "pdf"}
        assert file["name"]
        assert file["caption"]


@each(OPENED)
def test_a_matter_led_by_the_street_has_units_and_bodies_that_exist(matter):
    helpers = [UNITS[key]["kind"] for key in matter["support_units"]]
    assert set(helpers) <= {"section", "community", "village"}
    assert {UNITS[key]["kind"] for key in matter["outside_bodies"]} <= {"outside"}
    assert matter["lead_unit"] not in matter["support_units"]
    assert set(matter["recused"]) == {step["by"] for step in steps(matter, "declare")}
    assert matter["officer"] not in matter["recused"]
    assert (matter["lead_unit"], matter["officer"]) == led_by(matter)
    if matter["officer"]:
        assert PEOPLE[matter["officer"]]["unit"] == matter["lead_unit"]


@each(OPENED)
def test_a_story_goes_from_day_to_day_and_each_step_says_in_a_sentence_what_was_done(matter):
    last = matter["registered_after_days"]
    assert 0 <= last <= 3
    assert last <= matter["received_days_ago"] <= 400
    for step in matter["story"]:
        assert last <= step["days_after_received"] <= matter["received_days_ago"]
        last = step["days_after_received"]
        assert 10 <= len(step["note"]) <= 80
        assert step["by"] == "counter" or step["by"] in PEOPLE
        assert not step["note"].endswith(("。", "，"))


ANSWERED = [matter for matter in OPENED if any(steps(matter, move) for move in GIVEN)]


@each(ANSWERED)
def test_an_answer_names_its_law_and_the_review_where_there_is_one(matter):
    answer = next(steps(matter, move)[-1] for move in GIVEN if steps(matter, move))
    assert answer["outcome"] in OUTCOMES
    assert 100 <= len(answer["text"]) <= 300
    assert re.search(r"《[^》]+》.{0,20}第[一二三四五六七八九十百零]+条", answer["text"])
    reviewed = matter["path"] == "C6" and answer["move"] != "settle"
    assert ("30日内请求云湖区人民政府复查" in answer["text"]) == reviewed
    closed = day_of(matter, "close")
    if closed is not None and reviewed:
        assert closed - answer["days_after_received"] >= REVIEW_DAYS


@each(SEALED)
def test_a_sealed_letter_leaves_nothing_behind_but_its_receipt(matter):
    assert (matter["klass"], matter["title"]) == ("B", "密件（不开封转交）")
    assert matter["claim"] is None
    for field in ("path", "community", "grid", "source", "lead_unit", "officer"):
        assert matter[field] is None
    for field in ("petitioners", "story", "support_units", "outside_bodies", "recused"):
        assert matter[field] == []
    assert matter["attachments"] == []
    assert (matter["people_count"], matter["representatives"]) == (1, 0)
    assert matter["received_days_ago"] <= 2
    assert "不开封" in CATEGORIES[matter["category"]]["name"]


def test_a_person_reads_the_demo_files_whole_in_an_editor():
    for file in [*(DEMO / "matters").glob("*.json"), DEMO / "units.json", DEMO / "people.json"]:
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file.name
