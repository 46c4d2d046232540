"""What is being typed at the counter is kept for its person alone, until it is sent or the next day."""

from datetime import timedelta

from django.urls import reverse

from casework.matters.drafts import draft_of
from casework.matters.models import Matter
from office.clock import now
from office.forms import sweep_forms
from office.models import DataKey, KeptForm, Look
from tests.casework.matters.counter import a_category, arrive, sent, text

ADD = "/admin/matters/add/"
KEEP = "/admin/matters/draft/"
TITLE, NAME = "电梯停了半个月没人修", "钟阿婆"


def typing(client, path: str = ADD, **more):
    fields = {"draft_path": path, "c0-title": TITLE, "name": NAME, "claims": "1", **more}
    return client.post(KEEP, fields)


def test_a_registrar_goes_on_where_the_page_was_lost(cast, rules, login):
    client = login(cast.registrar)

    assert "已自动保存" in text(typing(client))
    offered = text(client.get(ADD))
    assert "没填完的" in offered
    assert NAME not in offered, "opened only when asked for"
    page = text(client.get(ADD + "?draft=1"))
    assert TITLE in page
    assert NAME in page
    assert "此项必填" not in page


def test_a_draft_lies_encrypted_and_is_its_own_persons_alone(cast, rules, login):
    typing(login(cast.registrar))

    [kept] = KeptForm.objects.all()
    assert NAME.encode() not in bytes(kept.body)
    other = login(cast.registrar2)
    assert "没填完的" not in text(other.get(ADD))
    assert NAME not in text(other.get(ADD + "?draft=1"))


def test_opening_a_draft_again_is_written_down(cast, rules, login):
    client = login(cast.registrar)
    typing(client)
    assert not Look.objects.exists()

    client.get(ADD + "?draft=1")

    [look] = Look.objects.all()
    assert (look.person, look.purpose) == (cast.registrar, "接着填写自动保存的内容")


def test_typing_on_keeps_one_draft_and_sending_leaves_none(cast, rules, login):
    client = login(cast.registrar)
    keys = DataKey.objects.count()
    for title in ("电", "电梯", TITLE):
        typing(client, **{"c0-title": title})
    assert KeptForm.objects.count() == 1

    form = client.get(ADD).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    fields |= {"c0-title": TITLE, "c0-claim": "", "claims": "1", "go": "receipt"}
    done = client.post(ADD, sent(**fields))

    assert done.status_code == 302
    assert Matter.objects.count() == 1
    assert not KeptForm.objects.exists()
    assert DataKey.objects.count() == keys + 1, (
        "the key of the draft is gone, the matter's is there"
    )


def test_a_refused_form_keeps_its_draft(cast, rules, login):
    client = login(cast.registrar)
    typing(client)

    assert client.post(ADD, sent(**{"c0-title": "", "claims": "1"})).status_code == 422
    assert KeptForm.objects.count() == 1


def test_who_does_not_want_it_drops_it_and_nothing_outlives_the_next_day(cast, rules, login):
    client = login(cast.registrar)
    typing(client)
    dropped = client.post(KEEP, {"draft_path": ADD, "drop": "1"})
    assert (dropped.status_code, dropped.url) == (302, ADD)
    assert draft_of(cast.registrar, ADD) is None

    typing(client)
    sweep_forms(now() + timedelta(days=2))
    assert not KeptForm.objects.exists()


def test_the_form_of_the_queue_is_kept_too_and_the_queue_goes_on(cast, rules, login):
    first, second = (
        arrive(cast.registrar, claims=[(f"第{n}件", "")], complete=False)[1][0] for n in (1, 2)
    )
    client = login(cast.registrar)
    path = reverse("matters:complete", args=[first.pk])
    typing(client, path, title="改好的标题")

    assert "后面还有 1 件等着补全" in text(client.get(path))
    assert "改好的标题" in text(client.get(path + "?draft=1"))

    form = client.get(path).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    fields |= {"category": a_category().pk, "next": "1"}
    done = client.post(path, sent(**fields))
    assert done.url == reverse("matters:complete", args=[second.pk])
    assert Matter.objects.get(pk=first.pk).complete
    assert not KeptForm.objects.exists()


def test_only_forms_that_are_kept_take_drafts_and_only_from_the_counter(cast, fresh, login):
    for path in ("", "/admin/", "/nowhere/", reverse("matters:looks", args=[fresh.pk])):
        assert typing(login(cast.registrar), path).status_code == 404
    assert typing(login(cast.officer)).status_code in (302, 403)
    assert login(cast.registrar).get(KEEP).status_code == 405
    assert not KeptForm.objects.exists()


def test_an_empty_form_and_an_endless_one_are_not_kept(cast, rules, login):
    client = login(cast.registrar)
    client.post(KEEP, {"draft_path": ADD, "name": " "})
    typing(client, **{"c0-claim": "字" * 100_000})

    assert not KeptForm.objects.exists()
