"""Matters for the walk through the doors, made the way staff make them."""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.approvals import ask
from casework.matters.attaching import attach
from casework.matters.conflicts.asking import say
from casework.matters.conflicts.units import concern
from casework.matters.intake import Arrival, Person, query_code, register
from casework.matters.models import CitedPage, FollowUp, Matter, TalkCitation
from casework.matters.moving import move
from casework.matters.outcomes import settling
from casework.matters.outcomes.paper import enter
from casework.matters.outcomes.talking import Told, note_talk
from casework.matters.profiles import make_national_profile
from casework.matters.rights import gathering
from casework.matters.rights import moving as rights_moving
from casework.matters.rights.correcting import note
from casework.matters.rights.lifecycle import Said
from casework.matters.rights.moving import Asked
from casework.matters.rights.papers import keep
from casework.matters.rights.telling import build
from casework.matters.rules.drafting import draft_from
from casework.matters.sealed.bodies import make_bodies
from casework.matters.sealed.handing import Chosen, make_list
from casework.matters.sealed.keeping import name_custodian
from office.appointing import asking
from office.clock import now, today
from office.emergency.opening import open_account
from office.history import acting
from office.models import DestructionList, Unit
from tests.casework.matters.letters.making import bodies, drafted


def registered(cast: SimpleNamespace, klass: str = "") -> Matter:
    """A matter entered by the first registrar, or a sealed letter with klass "B"."""
    make_national_profile()
    arrival = Arrival(
        channel="visit",
        received_on=today(),
        klass=klass,
        claims=[("围墙占道", "院墙修到了路上。")],
        people=[Person(name="柏舟", phone="19900004321", address="青檀社区湖滨路3号")],
    )
    with acting(cast.registrar):
        return register(arrival, by=cast.registrar)[1][0]


def sealed_desk(cast: SimpleNamespace) -> dict[str, int]:
    """Keys of a list of one sealed letter, of a named custodian and of a receiving body."""
    [body, _] = make_bodies()
    with acting(cast.leader):
        named = [
            name_custodian(user, by=cast.leader, reason="分工")
            for user in (cast.custodian, cast.custodian2)
        ]
    letter = registered(cast, klass="B")
    with acting(cast.custodian):
        made = make_list(body, [Chosen(letter, "envelope", 1)], by=cast.custodian)
    return {
        "matters:hand_over": made.pk,
        "matters:custodian": named[0].pk,
        "matters:body": body.pk,
    }


def handled(cast: SimpleNamespace, unit: Unit, *, attach_to: bool = False) -> Matter:
    """A matter being handled by `unit`; with a file and an open request when asked for."""
    matter = registered(cast)
    with acting(cast.registrar):
        if attach_to:
            attach(matter, SimpleUploadedFile("说明.txt", "现场说明".encode()), by=cast.registrar)
            ask(matter, "void", by=cast.registrar, reason="重复登记")
    with acting(cast.officehead):
        move(matter, "accept", by=cast.officehead, data={"klass": "C", "path": "C6"})
        return move(matter, "assign", by=cast.officehead, data={"lead_unit": unit})


def rights(cast: SimpleNamespace, unit: Unit) -> dict[str, int | str]:
    """A grant the security administrator asked for, and an emergency account."""
    wish = asking.Wish(
        kind="post", user=cast.grid, unit=unit, role="officer", valid_from=today(), title="兼办"
    )
    with acting(cast.secadmin):
        request = asking.ask(cast.secadmin, wish, reason="分工调整")
    opened = open_account(role="registrar", unit=unit, hours=2, reason="台风夜", by="机房值班")
    return {
        "grants:kind": "post", "grants:request:pk": request.pk,
        "office_unlock:pk": cast.officer.pk, "office_emergency:pk": opened.emergency.pk,
    }  # fmt: skip


def proposed(cast: SimpleNamespace) -> dict[str, int | str]:
    """A list of destructions without a line, as the office head would propose it."""
    with acting(cast.officehead):
        found = DestructionList(
            number="XH2026-000001", on=today(), sha256="0" * 64, proposed_by=cast.officehead,
            proposed_at=now(),
        )  # fmt: skip
        found.save()
    return {
        "office_retention_class:key": "short", "office_destruction:pk": found.pk,
        "office_destruction_paper:pk": found.pk,
    }  # fmt: skip


def concerned(cast: SimpleNamespace, matter: Matter, unit: Unit) -> dict[str, int | str]:
    """Somebody a petitioner wants to step back, and a unit the matter is about."""
    with acting(cast.registrar):
        asked = say(
            matter, cast.head, kind="asked", reason="和邻居是亲戚", by=cast.registrar
        )  # fmt: skip
        row = concern(matter, unit, source="petitioner", reason="没有答复", by=cast.registrar)
    return {"matters:conflict": asked.pk, "matters:concern": row.pk}


def rule_draft(cast: SimpleNamespace) -> dict[str, int | str]:
    """A draft the office head began from the national rules, and one of its values."""
    with acting(cast.officehead):
        draft = draft_from(make_national_profile(), by=cast.officehead, note="试")
    return {"rules:pk": draft.pk, "rules:part": "limits", "rules:key": "notice"}


def outcomes(cast: SimpleNamespace, matter: Matter) -> dict[str, int | str]:
    """A settlement with its proof, a talk that cites a page, a paper of the leader, a call."""
    with acting(cast.officehead):
        proof = matter.files.order_by("pk").first()
        row = settling.resolve(
            matter, by=cast.officehead, on=today(), how="met", evidence=proof, words="满意"
        )
        talk = note_talk(matter, Told(today(), "phone", "讲了相邻关系"), by=cast.officehead)
        call = FollowUp(matter=matter, kind="follow_30", due_on=today())
        call.save()
    with acting(cast.registrar):
        signed = enter(matter, "extend", cast.leader, today(), proof, cast.registrar)
    cited = CitedPage.objects.create(
        kind="wagtailcore.page",
        page=1,
        revision=1,
        title="相邻关系",
        text="和气",
        released_at=now(),
        at=now(),
    )
    TalkCitation.objects.create(talk=talk, cited=cited, at=now())
    return {
        "matters:resolution": row.pk, "matters:cited": cited.pk, "matters:follow_up": call.pk,
        "matters:paper": signed.pk,
    }  # fmt: skip


def personal_request(cast: SimpleNamespace) -> dict[str, int]:
    """Keys of a request of the first registrar about a matter, laid before a decider."""
    matter = registered(cast)
    said = {"rights": ("access", "correct"), "name": "柏舟", "phone": "19900004321"}
    with acting(cast.registrar):
        file = attach(matter, SimpleUploadedFile("说明.txt", b"2026"), by=cast.registrar)
        told = Asked(channel="visit", received_on=today(), asked="看看登记了什么", **said)
        asked = rights_moving.register(told, by=cast.registrar)
        rights_moving.check(asked, by=cast.registrar, identity="card", note="看过身份证")
        code = query_code(matter.links.get().item)
        [found] = gathering.look_up(asked, matter.number, code, by=cast.registrar)
        link = gathering.add(asked, found, by=cast.registrar)
        upload = SimpleUploadedFile("凭据.txt", b"2026")
        paper = keep(asked, upload, "evidence", by=cast.registrar)
        wish = note(asked, link, "name", "柏小舟", by=cast.registrar, evidence=paper)
        build(asked, by=cast.registrar)
        answers = [Said(right, "granted", "") for right in said["rights"]]
        rights_moving.submit(asked, answers, by=cast.registrar)
    return {
        "rights:pk": asked.pk, "rights:link": link.pk, "rights:file": file.pk,
        "rights:correction": wish.pk, "rights:paper": paper.pk,
    }  # fmt: skip


def lettered(cast: SimpleNamespace, matter: Matter) -> dict[str, int | str]:
    """A nameplate, and the draft of the matter's acceptance by the officer of its lead unit."""
    [body, _] = bodies(cast)
    drafted(matter, "acceptance", cast.other_officer)
    return {
        "matters:issuing_body:body": body.pk, "matters:kind": "opinion",
        "matters:form_paper:kind": "f_talk",
    }  # fmt: skip
