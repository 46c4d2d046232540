"""Auditors read who opened personal data, when, why and from where."""

import pytest
from django.core.exceptions import ValidationError

from casework.matters.models import ImportJob
from office.audit import kind_label
from office.history import acting
from office.looks import log_export, log_look
from office.models import Change, Look, Unit
from office.posts import posts_of

LOOKS = "/admin/looks/"


@pytest.fixture
def looked(cast, street):
    with acting(cast.officehead, address="10.1.2.3"):
        log_look(
            cast.officehead,
            street.social,
            "联系电话",
            purpose="约当面听取陈述",
            post=posts_of(cast.officehead)[0],
        )


def test_an_auditor_reads_who_looked_at_what_why_and_from_where(cast, looked, login):
    page = login(cast.auditor).get(LOOKS).content.decode()
    for word in (
        "信小任",
        "信访办公室 信访办主任",
        "社会事务办",
        "联系电话",
        "约当面听取陈述",
        "10.1.2.3",
    ):
        assert word in page


def test_only_auditors_and_the_audit_administrator_read_the_look_ledger(cast, login):
    readers = {name for name, who in vars(cast).items() if login(who).get(LOOKS).status_code == 200}
    assert readers == {"auditor", "auditadmin"}


def test_an_auditor_filters_looks_by_person_and_record(cast, street, looked, login):
    client = login(cast.auditor)
    assert "约当面听取陈述" in client.get(f"{LOOKS}?person={cast.officehead.pk}").content.decode()
    assert "没有符合条件的查看记录" in (
        client.get(f"{LOOKS}?person={cast.leader.pk}").content.decode()
    )
    assert "约当面听取陈述" in client.get(f"{LOOKS}?record=社会事务办").content.decode()
    assert "没有符合条件的查看记录" in client.get(f"{LOOKS}?record=村镇建设办").content.decode()


def test_a_look_at_a_sealed_letter_is_not_in_the_common_ledger(cast, street, login):
    log_look(cast.custodian, street.social, "来信", purpose="转交纪检", sealed=True)
    assert "转交纪检" not in login(cast.auditor).get(LOOKS).content.decode()


def test_an_empty_ledger_says_so(cast, login):
    assert "还没有人打开过" in login(cast.auditor).get(LOOKS).content.decode()


def test_an_auditor_reads_every_kind_of_record_by_its_chinese_name(cast, login):
    log_export(cast.auditor, Change, "3 条变更", purpose="内部审计", post=None)
    log_export(cast.auditor, ImportJob, "错误清单", purpose="更正台账", post=None)
    page = login(cast.auditor).get(LOOKS).content.decode()
    assert "office.change" not in page
    assert "matters.importjob" not in page
    assert str(ImportJob._meta.verbose_name) in page
    assert kind_label("gone.away") == "gone.away"


def test_an_export_without_a_purpose_is_refused_and_not_logged(cast):
    with pytest.raises(ValidationError, match="导出用途"):
        log_export(cast.auditor, Unit, "9 个单位", purpose="  ", post=None)
    assert not Look.objects.exists()
