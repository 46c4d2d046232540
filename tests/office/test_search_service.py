"""Our client of OpenSearch: what it asks and tells, and that nothing is missed when it is silent.

Held against a tiny server of our own; the contract tests run against a real service where
OPENSEARCH_URL names one.
"""

import pytest
from django.db import connection

from office.health import search_index
from office.models import Job, SearchFeed, SearchMark
from office.registries import Text, searchable
from office.search import forget, opensearch, outage, put, ranked
from office.search.upkeep import tell_service
from tests.office.answering import Service, running
from tests.office.searching import KIND, found, make, register, scan, write

TEXTS = [
    Text("青檀社区三栋漏水", "C++ 退费", "村镇建设办"),
    Text("逾期交房", "50%"),
    Text("路灯", "不亮"),
]
QUERIES = ["漏水", "三栋", "50%", "++", "漏水 三栋", "yqjf", "yuqi", "没有", "灯", "交房漏"]


@pytest.fixture
def service(db, settings, monkeypatch):
    service = Service()
    monkeypatch.setattr(opensearch, "_silent_until", 0.0)
    for kind in list(searchable):
        monkeypatch.delitem(searchable, kind)
    with running(service) as url:
        settings.OPENSEARCH_URL = url
        yield service


@pytest.fixture
def without_pieces(service):
    """The database's own pieces are gone: only the service knows candidates."""

    def drop():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("DELETE FROM office_searchgrams")
            else:
                cursor.execute(
                    "INSERT INTO office_searchgrams (office_searchgrams) VALUES ('delete-all')"
                )

    return drop


def recover(monkeypatch):
    monkeypatch.setattr(opensearch, "_silent_until", 0.0)


def test_the_service_gives_the_candidates_and_the_database_decides(
    service, without_pieces, monkeypatch
):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    without_pieces()
    for query in QUERIES:
        assert found(query) == scan(texts, query)
    assert any(line.endswith("/_search") for line in service.asked)
    assert not SearchFeed.objects.exists()


def test_no_text_leaves_the_database(service, monkeypatch):
    write(monkeypatch, TEXTS)
    tell_service(None)
    assert "漏水" not in str(service.indices)
    [made] = service.made.values()
    assert made["settings"]["analysis"]["analyzer"]["cjk_pieces"]["tokenizer"] == "whitespace"
    assert made["mappings"]["properties"]["pieces"]["analyzer"] == "cjk_pieces"
    assert made["mappings"]["_source"] == {"enabled": False}


def test_what_the_service_was_not_told_yet_is_found_all_the_same(
    service, without_pieces, monkeypatch
):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    new = make([Text("电梯停运")])
    texts.update(new)
    put(KIND, new)
    gone, *_ = texts
    texts[gone] = Text("改过的标题")
    put(KIND, {gone: texts[gone]})
    without_pieces()
    for query in ("电梯", "改过", "漏水", "逾期"):
        assert found(query) == scan(texts, query)
    assert tell_service(None) == 2
    for query in ("电梯", "改过", "漏水", "逾期"):
        assert found(query) == scan(texts, query)


def test_a_reader_is_told_when_the_service_is_silent_and_finds_everything(service, monkeypatch):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    assert outage() == ""
    service.down = True
    for query in QUERIES:
        assert found(query) == scan(texts, query)
    assert outage() == "检索服务没有应答，已改用数据库检索。"
    assert [text for _, text in search_index(None)][1] == outage()

    asked = len(service.asked)
    assert found("漏水") == scan(texts, "漏水")
    assert len(service.asked) == asked  # it is left in peace for a while

    service.down = False
    recover(monkeypatch)
    assert outage() == ""
    assert [text for _, text in search_index(None)][1] == "检索服务正常，还有 0 条待更新。"


def test_nobody_listening_is_an_outage_too(service, settings, monkeypatch):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    settings.OPENSEARCH_URL = "http://127.0.0.1:9"
    assert found("漏水") == scan(texts, "漏水")
    assert outage()


def test_what_changed_while_the_service_was_down_is_told_later(
    service, without_pieces, monkeypatch
):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    service.down = True
    new = make([Text("电梯停运")])
    texts.update(new)
    put(KIND, new)
    with pytest.raises(opensearch.OpenSearchException):
        tell_service(None)
    service.down = False
    recover(monkeypatch)
    assert tell_service(None) == 1
    without_pieces()
    assert found("电梯") == scan(texts, "电梯")


def test_a_forgotten_record_is_deleted_there(service, monkeypatch):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    one = min(texts)
    forget(KIND, [one])
    tell_service(None)
    [held] = service.indices.values()
    assert set(held) == {str(pk) for pk in texts if pk != one} | {"tide"}
    put(KIND, {one: texts[one]})
    forget(KIND, [one])  # told of a record that it never held
    assert tell_service(None) == 0
    assert not SearchFeed.objects.exists()


def test_a_refused_record_stays_waiting(service, monkeypatch):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    new = make([Text("电梯停运")])
    put(KIND, new)
    texts.update(new)
    service.refused = {str(pk) for pk in new}
    with pytest.raises(opensearch.OpenSearchException, match="1 records were refused"):
        tell_service(None)
    assert SearchFeed.objects.count() == 1
    assert found("电梯") == scan(texts, "电梯")


@pytest.mark.parametrize("loss", ["emptied", "put back to an earlier day"])
def test_a_service_that_lost_something_is_told_everything_anew(
    service, without_pieces, monkeypatch, loss
):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    [held] = service.indices.values()
    before = {pk: dict(document) for pk, document in held.items()}
    put(KIND, {min(texts): Text("改过的标题")})
    texts[min(texts)] = Text("改过的标题")
    tell_service(None)
    if loss == "emptied":
        service.indices.clear()
    else:
        held.clear()
        held.update(before)
    assert tell_service(None) == 3
    without_pieces()
    assert found("改过") == scan(texts, "改过")
    assert len(service.indices) == 1


def test_an_installation_that_did_without_the_service_tells_it_everything_anew(
    service, settings, monkeypatch
):
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    url, settings.OPENSEARCH_URL = settings.OPENSEARCH_URL, ""
    put(KIND, {min(texts): Text("改过的标题")})
    tell_service(None)
    settings.OPENSEARCH_URL = url
    assert SearchMark.objects.get().service == ""
    assert tell_service(None) == 3


def test_of_many_hits_every_page_is_read(service, without_pieces, monkeypatch):
    monkeypatch.setattr(opensearch, "_PAGE", 7)
    texts = write(monkeypatch, [Text("漏水")] * 30)
    tell_service(None)
    without_pieces()
    assert found("漏水") == set(texts)
    assert ranked(KIND, "漏水", Job.objects.all(), limit=5) == sorted(texts)[:-6:-1]


def test_too_many_that_wait_leave_the_search_to_the_database(service, monkeypatch):
    monkeypatch.setattr(opensearch, "_WAITING", 2)
    texts = write(monkeypatch, TEXTS)
    tell_service(None)
    put(KIND, {pk: Text(f"{text.title}二") for pk, text in texts.items()})
    asked = len(service.asked)
    assert found("漏水二") == {min(texts)}
    assert len(service.asked) == asked


def test_each_kind_has_an_index_of_its_own(service, monkeypatch):
    texts = write(monkeypatch, TEXTS)
    register(monkeypatch, texts, f"{KIND}:text", keyed=True)
    put(f"{KIND}:text", texts)
    tell_service(None)
    generation = SearchMark.objects.get().service
    assert set(service.indices) == {
        f"minsheng-{generation}-office.job",
        f"minsheng-{generation}-office.job-text",
    }
    assert found("漏水", f"{KIND}:text") == scan(texts, "漏水")
