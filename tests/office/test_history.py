"""Every change leaves its history: who, in which post, why, which fields, and nothing twice."""

from datetime import date

import pytest
from django.db import transaction

from casework.matters.models import Category, LedgerLayout, RuleProfile
from office import clock
from office.clock import now
from office.history import StaleRecord, acting, because, write_history
from office.models import Change, ChangeShape
from office.models.changes import _shapes
from tests.office.tracked import category, counts, last

SINCE = date(2020, 1, 1)


def test_a_save_leaves_one_history_row_and_one_change(writer, subject):
    with acting(writer, "名称写错"):
        subject.name = "城市建设"
        subject.save()

    assert counts(subject) == (2, 2)
    row, change = last(subject)
    assert (row.name, row.history_user, row.history_change_reason) == (
        "城市建设",
        writer,
        "名称写错",
    )
    assert (row.history_type, row.version, subject.version) == ("~", 2, 2)
    assert (change.actor, change.reason, change.action) == (writer, "名称写错", "~")
    assert (change.label, change.root_kind, change.root_id) == (
        "城市建设", "matters.category", subject.pk,
    )  # fmt: skip
    assert change.at == row.history_date


def test_saving_without_a_change_leaves_nothing(writer, subject):
    with acting(writer, "没有改"):
        subject.save()
        Category.objects.get(pk=subject.pk).save()
        subject.name = str(subject.name)
        subject.save(update_fields=["name"])

    assert counts(subject) == (1, 1)
    assert Category.objects.get(pk=subject.pk).version == 1


def test_a_new_record_logs_its_making_and_no_fields(writer):
    with acting(writer, "新分类"):
        row = Category(code="HB", name="环保")
        row.save()

    history, change = last(row)
    assert (history.history_type, change.action, change.shape.names()) == ("+", "+", [])
    assert history.history_date == change.at


def test_the_person_acting_in_a_post_is_recorded_with_that_post(cast, street, subject):
    post = cast.officehead.posts.get()
    with acting(cast.officehead, "按年度调整", post=post):
        subject.active = False
        subject.save()

    assert (last(subject)[1].actor, last(subject)[1].post) == (cast.officehead, post)


def test_a_reason_within_a_reason_holds_inside_only(writer, subject):
    with acting(writer, "外"):
        with because("内"):
            subject.name = "甲"
            subject.save()
        subject.name = "乙"
        subject.save()

    assert [row.history_change_reason for row in subject.history.order_by("history_id")][1:] == [
        "内", "外",
    ]  # fmt: skip
    with acting(None, "系统整理"):
        subject.name = "丙"
        subject.save()
    assert (last(subject)[0].history_user, last(subject)[1].actor) == (None, None)


def test_the_names_of_the_changed_fields_are_those_of_the_model(writer, subject):
    parent = category("C", "城乡")
    subject.parent, subject.active = parent, False
    subject.save()
    assert last(subject)[1].shape.names() == ["parent", "active"]

    subject.parent_id = None
    subject.save()
    assert last(subject)[1].shape.names() == ["parent"]
    assert last(subject)[0].parent_id is None


def test_the_same_fields_changed_again_share_one_shape(writer, subject):
    for name in ("甲", "乙", "丙"):
        subject.name = name
        subject.save()

    shapes = ChangeShape.objects.filter(kind="matters.category", fields=",name,")
    assert shapes.count() == 1
    assert Change.objects.filter(shape__in=shapes).count() == 3


def test_update_fields_writes_the_named_fields_alone(writer, subject):
    parent = category("C", "城乡")
    subject.name, subject.active, subject.parent = "甲", False, parent
    subject.save(update_fields=iter(["parent_id", "active"]))

    stored = Category.objects.get(pk=subject.pk)
    assert (stored.name, stored.active, stored.parent) == ("城建", False, parent)
    assert last(subject)[1].shape.names() == ["parent", "active"]
    assert last(subject)[0].name == "城建"


def test_update_fields_with_an_unknown_name_is_refused_aloud(subject):
    with pytest.raises(ValueError, match="nmae"):
        subject.save(update_fields=["nmae"])


def test_a_stale_copy_is_refused_and_writes_nothing(writer, subject):
    mine, yours = (Category.objects.get(pk=subject.pk) for _ in range(2))
    yours.name = "先存的"
    yours.save()
    mine.name, mine.active = "后存的", False

    with pytest.raises(StaleRecord, match="已被别人改过"):
        mine.save()

    stored = Category.objects.get(pk=subject.pk)
    assert (stored.name, stored.active, stored.version) == ("先存的", True, 2)
    assert counts(subject) == (2, 2)
    assert mine.version == 1  # still stale: pressing again changes nothing
    with pytest.raises(StaleRecord):
        mine.save()


def test_after_reading_the_record_again_the_change_can_be_made(writer, subject):
    mine, yours = (Category.objects.get(pk=subject.pk) for _ in range(2))
    yours.name = "先存的"
    yours.save()
    mine.name = "后存的"
    with pytest.raises(StaleRecord):
        mine.save()

    mine.refresh_from_db()
    assert mine.name == "先存的"
    mine.name = "后存的"
    mine.save()
    assert Category.objects.get(pk=subject.pk).name == "后存的"


def test_a_form_that_carries_the_version_it_was_opened_with_is_refused_when_late(subject):
    opened_with = subject.version
    yours = Category.objects.get(pk=subject.pk)
    yours.name = "先存的"
    yours.save()

    posted = Category.objects.get(pk=subject.pk)  # loaded when the form comes back
    posted.version, posted.name = opened_with, "后存的"
    with pytest.raises(StaleRecord):
        posted.save()
    posted = Category.objects.get(pk=subject.pk)
    posted.version = opened_with
    with pytest.raises(StaleRecord):
        posted.save()
    assert Category.objects.get(pk=subject.pk).name == "先存的"


def test_reading_one_field_again_makes_no_stale_copy_fresh(subject):
    mine, yours = (Category.objects.get(pk=subject.pk) for _ in range(2))
    yours.active = False
    yours.save()
    mine.name = "后存的"
    mine.refresh_from_db(fields=["version"])

    with pytest.raises(StaleRecord):
        mine.save()


def test_a_change_survives_the_loading_of_a_field_left_out_at_first(subject):
    mine = Category.objects.defer("active").get(pk=subject.pk)
    mine.name = "新名"
    assert mine.active is True  # read from the database only now

    mine.save()

    assert Category.objects.get(pk=subject.pk).name == "新名"
    assert last(subject)[1].shape.names() == ["name"]


def test_fields_left_out_when_loading_stay_as_they_are(subject):
    mine = Category.objects.only("name", "version").get(pk=subject.pk)
    mine.name = "新名"
    mine.save()

    row, change = last(subject)
    assert (row.name, row.code, row.active, change.shape.names()) == ("新名", "CJ", True, ["name"])


def test_a_field_set_without_having_been_loaded_is_saved(subject):
    mine = Category.objects.only("name", "version").get(pk=subject.pk)
    mine.code = "XX"
    mine.save()

    assert Category.objects.get(pk=subject.pk).code == "XX"
    assert last(subject)[1].shape.names() == ["code"]


def test_a_copy_without_its_version_cannot_be_saved(subject):
    mine = Category.objects.only("name").get(pk=subject.pk)
    mine.name = "新名"

    with pytest.raises(TypeError, match="without its version"):
        mine.save()
    assert counts(subject) == (1, 1)


def test_what_is_changed_in_place_is_seen(db):
    layout = LedgerLayout(name="十二列台账", mapping={"日期": "received_on"})
    layout.save()
    for row in (layout, LedgerLayout.objects.get(pk=layout.pk)):
        row.refresh_from_db()
        row.mapping["标题"] = f"title{row.version}"
        row.save()

    stored = LedgerLayout.objects.get(pk=layout.pk)
    assert stored.mapping == {"日期": "received_on", "标题": "title2"}
    assert last(layout)[0].mapping == stored.mapping
    assert counts(layout) == (3, 3)


def test_a_key_to_a_record_saved_after_it_was_set_is_not_lost(subject):
    parent = Category(code="C", name="城乡")
    subject.parent = parent
    parent.save()
    subject.save()

    assert Category.objects.get(pk=subject.pk).parent_id == parent.pk


def change_and_undo(record):
    """Change two fields in a transaction that comes to nothing."""
    with transaction.atomic():
        record.name, record.active = "改了又退", False
        record.save()
        transaction.set_rollback(True)


def test_nothing_remains_of_what_was_rolled_back(subject):
    kept = dict(_shapes)
    change_and_undo(subject)

    again = Category.objects.get(pk=subject.pk)
    assert (again.name, again.version, counts(subject)) == ("城建", 1, (1, 1))
    assert not ChangeShape.objects.filter(fields=",name,active,").exists()
    assert _shapes == kept


def test_a_rollback_leaves_no_shape_behind_that_does_not_exist(
    subject, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        change_and_undo(Category.objects.get(pk=subject.pk))
    assert ("matters.category", ",name,active,") not in _shapes

    subject.name, subject.active = "改了", False
    subject.save()
    assert last(subject)[1].shape.names() == ["name", "active"]


def test_a_refused_insert_leaves_no_history(subject):
    before = Change.objects.count()
    with pytest.raises(Exception, match="(?i)unique"), transaction.atomic():
        Category(code="CJ", name="重复").save()
    assert Change.objects.count() == before


def test_a_record_is_never_deleted_by_any_way(subject):
    with pytest.raises(TypeError, match="never deleted"):
        subject.delete()
    with pytest.raises(TypeError, match="never deleted"), transaction.atomic():
        Category.objects.filter(pk=subject.pk).delete()
    assert Category.objects.filter(pk=subject.pk).exists()


def test_a_child_row_carries_its_root_label_and_unit(street, writer):
    with acting(writer, "增设期限"):
        profile = RuleProfile(name="试行方案", source="内部", valid_from=SINCE)
        profile.save()
        limit = profile.limits.model(profile=profile, kind="notice", days=10, article="第一条")
        limit.save()
        limit.days = 12
        limit.save()

    change = last(limit)[1]
    assert (change.kind, change.object_id) == ("matters.rulelimit", limit.pk)
    assert (change.root_kind, change.root_id) == ("matters.ruleprofile", profile.pk)
    assert (change.label, change.unit, change.sealed) == ("试行方案", None, False)


def test_two_statements_write_the_history_of_many(writer, django_assert_max_num_queries):
    rows = [category(f"K{n}", f"第{n}类") for n in range(5)]
    before = Change.objects.count()
    with acting(writer, "补记"), django_assert_max_num_queries(3):  # and one that finds the shape
        write_history(Category, [row.pk for row in rows], "+")

    assert Change.objects.count() == before + 5
    for row in rows:
        assert last(row)[0].history_user == writer
        assert last(row)[0].name == row.name


def test_history_follows_the_clock_it_is_told(subject):
    moment = now().replace(year=2025, month=3, day=1)
    with clock.at(moment):
        subject.name = "旧时"
        subject.save()
    assert last(subject)[0].history_date == last(subject)[1].at == moment
