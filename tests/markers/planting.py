"""Markers go in the way real words do: over the counter, through the pages and functions of staff."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from casework.matters import retention
from casework.matters.approvals import ask
from casework.matters.conflicts import asking, deciding, units
from casework.matters.ledgers import background
from casework.matters.models import ImportJob, Matter
from casework.matters.profiles import make_national_profile
from casework.matters.rights import answering, correcting, gathering, moving, papers, telling
from casework.matters.rights.lifecycle import Said
from casework.matters.rights.moving import Asked
from casework.matters.sealed.handing import ask_void
from office.clock import now, today
from office.exporting import requests, runs
from office.forms import owner_mark
from office.history import acting
from office.look_reading import note
from office.models import ExportRun, Limit, Look, LookFinding
from office.posts import posts_of
from tests.casework.matters.counter import sent
from tests.casework.matters.handing import listed
from tests.casework.matters.ledgers.conftest import workbook
from tests.markers import cooperation, entry, letters, opinions, outcomes, repeats
from tests.markers.marks import Marks
from tests.office.metadata.samples import core, letter, photo

ADD = reverse("wagtailsnippets_matters_matter:add")
_M = "matters.matter"
_P = "matters.petitioner"
_R = "matters.rightsrequest"


class Planting:
    """One street's worth of records; `matter`, `sealed`, `asked` … are kept for the search.

    browser: person → client. Every method is something somebody does on a working day.
    """

    def __init__(
        self, cast: SimpleNamespace, street: SimpleNamespace, marks: Marks, browser: Callable
    ) -> None:
        self.cast, self.street, self.marks, self.browser = cast, street, marks, browser
        make_national_profile()

    def everything(self) -> None:
        self.at_the_counter()
        self.with_files()
        self.handled()
        entry.plant(self)
        repeats.plant(self)
        self.conflicts()
        self.held_back()
        letters.plant(self)
        outcomes.plant(self)
        self.a_class_b_letter()
        self.a_ledger()
        self.a_form_too_late()
        self.a_list_in_clear()
        self.a_request_about_own_data()
        self.an_auditor_notes()

    def _file(self, name: str, data: bytes, ending: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(f"{self.marks.person(name)}{ending}", data)

    def at_the_counter(self) -> None:
        """A visitor tells everything there is a field for."""
        text, registrar = self.marks.text, self.browser(self.cast.registrar)
        told = {
            "go": "receipt", "claims": "1", "channel": "visit", "received_on": str(today()),
            "people_count": "1", "c0-title": "民宿保洁员四个月加班费未付",
            "c0-claim": text(f"{_M}.claim"),
            "name": self.marks.person(f"{_P}.name"),
            "phone": self.marks.phone(f"{_P}.phone"),
            "id_number": self.marks.paper(f"{_P}.id_number"),
            "address": f"望塘村3组12号{text(f'{_P}.address')}",
            "contact_note": text(f"{_P}.contact_note"),
            "place": f"望塘村3组{text(f'{_M}.place')}",
            "extra": f"来电备注：{text(f'{_M}.extra')}",
        }  # fmt: skip
        answer = registrar.post(ADD, sent(**told))
        assert answer.status_code == 302, answer.content.decode()
        self.matter = Matter.objects.get()
        self.item = self.matter.links.get().item
        registrar.post(ADD, sent(**told | {"c0-title": ""}))  # refused: nothing may stay behind

    def with_files(self) -> None:
        """Photos and papers, each with something in its name, its content and beside it."""
        word = self.marks.person
        paper = letter(
            **{
                "docProps/core.xml": core(word("file.author"), word("file.editor")),
                "word/footnotes.xml": f"<x>{self.marks.text('file.content')}</x>",
            }
        )
        uploads = [
            self._file("matters.matterfile.name", paper, ".docx"),
            self._file("file.name.photo", photo(told=self.marks.token("file.exif")), ".jpg"),
            self._file("file.name.text", self.marks.text("file.text").encode("gb18030"), ".txt"),
        ]
        client = self.browser(self.cast.registrar)
        url = reverse("matters:attach", args=[self.matter.pk])
        client.post(url, sent(files=uploads))
        assert self.matter.files.count() == 3
        self.file = self.matter.files.order_by("id").first()
        self._opened(client, self.file)
        client.post(reverse("matters:clean", args=[self.matter.pk, self.file.pk]), sent())
        assert self.matter.files.count() == 4

    def _opened(self, client: Any, file: Any) -> None:
        url = reverse("matters:file", args=[self.matter.pk, file.pk])
        client.post(url, sent(purpose="核对材料内容"))

    def _do(self, who: Any, name: str, **fields: Any) -> None:
        url = reverse("matters:do", args=[self.matter.pk, name])
        answer = self.browser(who).post(url, sent(**fields))
        assert answer.status_code == 302, answer.content.decode()

    def handled(self) -> None:
        """Accepted, assigned with a word, answered; somebody asks to void it."""
        cast, text, day = self.cast, self.marks.text, str(today())
        self._do(cast.officehead, "accept", way="C6", on=day)
        self._do(
            cast.officehead, "assign", lead_unit=self.street.social.pk, officer=cast.officer.pk,
            note=text("matters.move.note"),
        )  # fmt: skip
        with acting(cast.registrar):
            self.approval = ask(
                self.matter, "void", by=cast.registrar, reason=text("matters.approval.reason")
            )
        cooperation.plant(self)
        opinions.plant(self)

    def conflicts(self) -> None:
        """A colleague is asked to step back and is refused; the village is complained about."""
        cast, text = self.cast, self.marks.text
        matter = Matter.objects.get(pk=self.matter.pk)
        with acting(cast.registrar):
            self.conflict = asking.say(
                matter, cast.head, kind="asked", by=cast.registrar,
                reason=text("matters.conflict.reason"),
            )  # fmt: skip
            self.concern = units.concern(
                matter, self.street.village, source="petitioner", by=cast.registrar,
                reason=text("matters.concernedunit.reason"),
            )  # fmt: skip
        with acting(cast.officehead):
            deciding.decide(
                self.conflict, by=cast.officehead, approve=False,
                note=text("matters.conflict.opinion"),
            )  # fmt: skip

    def held_back(self) -> None:
        with acting(self.cast.officehead):
            retention.hold(
                Matter.objects.get(pk=self.matter.pk), today() + timedelta(days=90),
                by=self.cast.officehead, reason=self.marks.text(f"{_M}.hold_reason"),
            )  # fmt: skip

    def a_class_b_letter(self) -> None:
        """Typed in, put on a list, asked to be voided; a second one signed for."""
        text, client = self.marks.text, self.browser(self.cast.registrar)
        told = {
            "channel": "visit", "received_on": str(today()), "carrier": "talk", "pieces": "1",
            "claim": text("sealed.claim"), "name": self.marks.person("sealed.name"),
            "phone": self.marks.phone("sealed.phone"), "place": text("sealed.place"),
            "id_number": self.marks.paper("sealed.id"), "address": text("sealed.address"),
            "contact_note": text("sealed.contact_note"),
        }  # fmt: skip
        for n in range(2):
            answer = client.post(reverse("matters:sealed_entry"), sent(**told))
            assert answer.status_code == 302, (n, answer.content.decode())
        self.sealed, other = Matter.objects.filter(sealed=True).order_by("number")
        custodian = self.cast.custodian
        first, second = self.listed = listed(self.sealed, by=custodian), listed(other, by=custodian)
        with acting(custodian):
            ask_void(first, by=custodian, reason=text("matters.handover.void_reason"))
        scan = SimpleUploadedFile("签收单.txt", text("file.handover").encode())
        url = reverse("matters:hand_over_sign", args=[second.pk])
        answer = self.browser(custodian).post(
            url,
            sent(
                on=str(today()), receiver=self.marks.person("matters.handover.receiver"),
                upload=scan,
            ),
        )  # fmt: skip
        assert answer.status_code == 302, answer.content.decode()

    def a_ledger(self) -> None:
        """A long one, read and checked by the worker, with a row that cannot be right; another waits."""
        with acting(None, "测试"):
            Limit(key="background_rows", value=2).save()
        text, day = self.marks.text, str(today() - timedelta(days=1))
        rows = [
            [str(n), day, f"第{n}件路灯不亮", text("ledger.claim"), self.marks.person("ledger.name"),
             self.marks.phone("ledger.phone"), "", "", text("ledger.note")]
            for n in range(4)
        ]  # fmt: skip
        rows.append(["9", "昨天", text("ledger.wrong_title"), "", "", "12", "", "", ""])
        client = self.browser(self.cast.registrar)
        for day_later in rows, rows[1:]:
            book = SimpleUploadedFile("台账.xlsx", workbook(day_later))
            client.post(reverse("ledgers:upload"), sent(file=book, source="区热线"))
            while background.work(now(), lambda: False):
                pass
        self.job = ImportJob.objects.earliest("pk")
        url = reverse("ledgers:job", args=[self.job.pk])
        page = client.get(url)
        assert page.status_code == 200
        form = page.context["choices"]
        chosen = {name: form[name].value() for name in form.fields}
        client.post(url, sent(**chosen | {"act": "commit"}))
        while background.work(now(), lambda: False):
            pass

    def a_form_too_late(self) -> None:
        """The registrar's session had ended when the form was sent."""
        stranger = self.browser(None)
        told = {"c0-claim": self.marks.text("office.keptform.body"), "channel": "visit"}
        answer = stranger.post(ADD, sent(**told, form_owner=owner_mark(self.cast.registrar)))
        assert answer.status_code == 302

    def a_list_in_clear(self) -> None:
        """A list of matters in clear, allowed and written; another one masked."""
        cast, everything = self.cast, QueryDict("tab=all")
        with acting(cast.officehead):
            self.run = runs.begin(
                cast.officehead, "matters", everything, format="xlsx", purpose="上报"
            )
            self.request = requests.ask(
                cast.officehead, "matters", everything, conditions="全部", purpose="核对"
            )
        with acting(cast.leader):
            requests.decide(self.request.pk, by=cast.leader, agree=True, note="同意")
        while runs.take_up(now(), bool):
            pass
        assert ExportRun.objects.filter(clear=True, state="done").exists()

    def a_request_about_own_data(self) -> None:
        """An agent asks; what is told is put together, decided and answered."""
        cast, text, clerk = self.cast, self.marks.text, self.cast.registrar
        with acting(clerk):
            asked = moving.register(
                Asked(
                    channel="visit", received_on=today(), rights=("access", "correct"),
                    name=self.marks.person(f"{_P}.name"), phone=self.marks.phone(f"{_P}.phone"),
                    address=text(f"{_R}.address"), speaker="agent",
                    agent=self.marks.person(f"{_R}.agent"), asked=text(f"{_R}.asked"),
                ),
                by=clerk,
            )  # fmt: skip
            paper = self._file("matters.rightspaper.name", text("file.rights").encode(), ".txt")
            self.paper = papers.keep(asked, paper, "authority", by=clerk)
            moving.check(asked, by=clerk, identity="papers", note=text(f"{_R}.identity_note"))
        self.asked = type(asked).objects.get(pk=asked.pk)
        self._gathered(clerk)
        self._answered(clerk, cast.officehead2)

    def _gathered(self, clerk: Any) -> None:
        text = self.marks.text
        with acting(clerk):
            [one] = [c for c in gathering.search(self.asked, by=clerk) if c.matter == self.matter]
            self.link = gathering.add(
                self.asked, one, by=clerk, basis=text("matters.rightsmatter.basis")
            )
            self.correction = correcting.note(
                self.asked,
                self.link,
                "contact_note",
                text("matters.rightscorrection.new"),
                by=clerk,
            )
            telling.build(self.asked, by=clerk, hidden=self.marks.person(f"{_R}.hidden"))

    def _answered(self, clerk: Any, decider: Any) -> None:
        text = self.marks.text
        fresh = type(self.asked).objects.get
        reason = text("matters.rightspoint.reason")
        with acting(clerk):
            said = [Said(p.right, "granted", reason) for p in self.asked.points.all()]
            moving.submit(fresh(pk=self.asked.pk), said, by=clerk)
        with acting(decider):
            request = fresh(pk=self.asked.pk)
            moving.decide(request, by=decider, agree=True, note=text("matters.rightsmove.note"))
        with acting(clerk):
            request = fresh(pk=self.asked.pk)
            correcting.refuse(
                self.correction, by=clerk, reason=text("matters.rightscorrection.reason")
            )
            answering.keep_reply(request, text(f"{_R}.reply"), by=clerk)
            moving.answer(
                fresh(pk=self.asked.pk), by=clerk,
                given={
                    "given": "spoken", "answered_on": today(), "note": text(f"{_R}.given_note"),
                },
            )  # fmt: skip

    def an_auditor_notes(self) -> None:
        """A finding of the look rules was looked into."""
        look = Look.objects.filter(person=self.cast.registrar).first()
        with acting(None, "规则"):
            finding = LookFinding.objects.create(
                rule="hours", key="markers", person=self.cast.registrar, at=now(), day=today(),
                first=look.pk, last=look.pk, count=1, told="测试",
            )  # fmt: skip
        with acting(self.cast.auditor, post=posts_of(self.cast.auditor)[0]):
            note(finding, self.marks.text("office.looknote.said"), by=self.cast.auditor)
