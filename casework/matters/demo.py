"""The demo's matters, each through the same doors as a real one, at the hours of its story."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.intake import Arrival, Person, register
from casework.matters.models import Category, Item, Matter, MatterFile, Recusal, SupportUnit
from casework.matters.moving import carry_out, move
from casework.matters.outcomes.parts import Said, say
from casework.matters.sealed import demo as sealed
from casework.matters.table import BY_NAME
from office import clock
from office.demo import FOLDER, read
from office.history import acting, because

_SEALED = "sealed"


class Story:
    """Tells the demo's matters from their files. `units` and `people` by key and username."""

    def __init__(self, units: Mapping[str, Any], people: Mapping[str, Any], now: datetime) -> None:
        self.units, self.people, self.now = units, people, now
        self.categories = {row.code: row for row in Category.objects.all()}

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """An hour of a day in the past; never later than the loading itself."""
        told = timezone.make_aware(datetime.combine(day, time(hour, minute)))
        return min(told, self.now)

    def tell(self, row: dict[str, Any]) -> Matter:
        """Register one matter and carry out its story."""
        received = timezone.localdate(self.now) - timedelta(days=row["received_days_ago"])
        entered = received + timedelta(days=row["registered_after_days"])
        registrar = self.people["registrar2" if row["received_days_ago"] % 3 == 0 else "registrar"]
        moment = self.moment(entered, 9, row["received_days_ago"] % 50)
        with clock.at(moment), acting(registrar):
            _, [matter] = register(self.arrival(row, received), by=registrar, at=moment)
            for file in row["attachments"] if row["state"] != _SEALED else ():
                attach(matter, _upload(file), by=registrar)
        for number, step in enumerate(row["story"]):
            day = received + timedelta(days=step["days_after_received"])
            by = self.people[step["by"]]
            with clock.at(self.moment(day, 10 + number, 20)), acting(by):
                self.step(matter, row, step, by, clock.today())
        return matter

    def arrival(self, row: dict[str, Any], received: date) -> Arrival:
        source = row["source"] or {}
        people = [
            Person(
                name=person["name"],
                phone=person["phone"],
                address=person["address"],
                kind=person["kind"],
                main=person["is_main"],
            )
            for person in row["petitioners"]
        ]
        return Arrival(
            channel=row["channel"],
            received_on=received,
            claims=[(row["title"], row["claim"] or "")],
            people=people,
            klass=row["klass"] if row["state"] == _SEALED else "",
            category=self.categories.get(row["category"]),
            community=self.units.get(row["community"]),
            grid=self.units.get(row["grid"]),
            people_count=row["people_count"],
            representatives=row["representatives"],
            source=source.get("name", ""),
            source_number=source.get("number", ""),
            complete=bool(row["story"]) or row["received_days_ago"] > 2,
        )

    def step(self, matter: Matter, row: dict, step: dict, by: Any, on: date) -> None:
        """One step of a story: a move, a request or a decision."""
        name, note = step["move"], step["note"]
        if name == "ask_void":
            ask(matter, "void", by=by, reason=note)
        elif name == "decide_void":
            decide(matter.approvals.get(decision=""), by=by, approve=True, note=note)
        elif name == "correct_received":
            self.correct(matter, step, by)
        elif name == "route":
            self.route(matter, row, step, by)
        elif name == "opinion":
            self.opinion(matter, step, by, on)
        elif name == "settle":
            self.settle(matter, step, by, on)
        else:
            if name == "close":
                self.four_parts(matter)
            data = {"note": note, **self.data(row, step)}
            moved = move(matter, name, by=by, on=on, data=data)
            if name == "assign":
                self.support(moved, row, on)
            if name == "return":
                self.recuse(moved, row, on)

    def data(self, row: dict, step: dict) -> dict[str, Any]:
        if step["move"] == "accept":
            category = self.categories.get(row["category"])
            return {"klass": row["klass"], "path": row["path"] or "", "category": category}
        if step["move"] == "assign":
            officer = self.people.get(step.get("officer") or "")
            return {"lead_unit": self.units[step["lead_unit"]], "officer": officer}
        if step["move"] == "answer":
            return {"outcome": step["outcome"], "body": step["text"]}
        return {}

    def route(self, matter: Matter, row: dict, step: dict, by: Any) -> None:
        """Led to another path: asked for by the office head, decided by the legal reviewer."""
        data = {"path": row["path"], "body": step["body"], "limit_text": step["limit"]}
        if step.get("own_duty"):
            data["own_duty"] = True
        request = ask(matter, "route", by=by, reason=step["note"], data=data)
        reviewer = self.people["reviewer"]
        with acting(reviewer):
            decide(request, by=reviewer, approve=True, note="途径和时限无误")

    def opinion(self, matter: Matter, step: dict, by: Any, on: date) -> None:
        """The way of an opinion: the petitioner heard, drafted, reviewed, signed, served."""
        texts = {
            "claim": matter.unlocked("claim") or "见来件。", "facts": step["note"] or "已查明。",
            "basis": "见处理意见。", "body": step["text"],
        }  # fmt: skip
        said = {"way": "phone", "note": "电话听取，诉求与来件一致。"}
        move(matter, "hear", by=by, on=on, data=said)
        data = {"outcome": step["outcome"], "all_answered": True, "performed": True, **texts}
        move(matter, "draft", by=by, on=on, data=data)
        legal = matter.opinions.latest("pk").legal
        for name, who in (("review", "reviewer" if legal else "officehead"), ("sign", "leader")):
            with acting(self.people[who]):
                move(matter, name, by=self.people[who], on=on)
        proof = attach(matter, _upload({"name": "送达回证.pdf", "kind": "pdf"}), by=by)
        data = {"way": "person", "proof": proof, "note": step["note"]}
        move(matter, "serve", by=by, on=on, data=data)

    def settle(self, matter: Matter, step: dict, by: Any, on: date) -> None:
        """Both sides signed an agreement (art. 33)."""
        agreement = attach(matter, _upload({"name": "调解协议书.pdf", "kind": "pdf"}), by=by)
        data = {
            "kind": "mediated", "agreement": agreement, "words": step["text"], "consent": True,
            "note": step["note"],
        }  # fmt: skip
        move(matter, "settle", by=by, on=on, data=data)

    def four_parts(self, matter: Matter) -> None:
        """三到位一处理 by the officer, before the office head closes."""
        matter = Matter.objects.get(pk=matter.pk)
        officer = matter.officer or self.people["officehead"]
        with acting(officer):
            proof = attach(matter, _upload({"name": "办理情况.pdf", "kind": "pdf"}), by=officer)
            parts = [
                Said(part, part == "explained", "当面讲清了政策和结果。", [proof])
                if part == "explained"
                else Said(part, False)
                for part in ("solved", "explained", "helped", "lawful")
            ]
            say(matter, parts, by=officer)

    def support(self, matter: Matter, row: dict, on: date) -> None:
        with because("请协办单位配合"):
            for key in row["support_units"]:
                if self.units[key] != matter.lead_unit and not matter.supports.filter(
                    unit=self.units[key], until=None
                ):
                    SupportUnit(matter=matter, unit=self.units[key], since=on).save()

    def recuse(self, matter: Matter, row: dict, on: date) -> None:
        with because("承办人回避"):
            for name in row["recused"]:
                Recusal(matter=matter, user=self.people[name], since=on).save()

    def correct(self, matter: Matter, step: dict, by: Any) -> None:
        asker = self.people[step["asked_by"]]
        proof: MatterFile = attach(
            matter, _upload({"name": "收件凭据.jpg", "kind": "photo"}), by=asker
        )
        day = timezone.localdate(self.now) - timedelta(days=step["to_days_ago"])
        with acting(asker):
            request = ask(
                matter, "received", by=asker, reason=step["evidence"], new_date=day, evidence=proof
            )
        decide(request, by=by, approve=True, note=step["note"])


def load_categories() -> None:
    """The subject tree of the demo."""
    made: dict[str, Category] = {}
    with acting(None, "装入演示分类"):
        for row in read("categories.json"):
            parent = made[row["parent"]] if row["parent"] else None
            made[row["code"]] = Category(code=row["code"], name=row["name"], parent=parent)
            made[row["code"]].save()


def load_matters(
    units: Mapping[str, Any], people: Mapping[str, Any], now: datetime, say: Callable[[str], None]
) -> None:
    """All matters in the order in which they were received, so that numbers follow time."""
    load_categories()
    story = Story(units, people, now)
    names = sorted(path.name for path in (FOLDER / "matters").glob("*.json"))
    rows = [row for name in names for row in read(f"matters/{name}")]
    rows.sort(key=lambda row: row["registered_after_days"] - row["received_days_ago"])
    load_archive()
    sealed.begin(people, timezone.localdate(now), story.moment)
    for count, row in enumerate(rows, 1):
        story.tell(row)
        if count % 20 == 0:
            say(f"  {count}/{len(rows)} 件信访事项")
    sealed.end(people, timezone.localdate(now), story.moment)
    say(f"  {Item.objects.count()} 件来件，{Matter.objects.count()} 件信访事项")


def load_archive() -> None:
    """Matters of long ago, answered and closed before there were posts: some have served their time."""
    for row in read("archive.json"):
        day = date(row["year"], 5, 8)
        moment = timezone.make_aware(datetime.combine(day, time(9, 30)))
        person = Person(name=row["person"], phone=row["phone"])
        arrival = Arrival(
            channel=row["channel"], received_on=day, claims=[(row["title"], row["claim"])],
            people=[person], people_count=row["people_count"],
            representatives=2 if row["people_count"] > 1 else 0,
        )  # fmt: skip
        with clock.at(moment), acting(None, "旧案录入"):
            _, [matter] = register(arrival, by=None, at=moment)
            as_told = {"klass": "C", "path": "C2"}
            carry_out(matter, BY_NAME["accept"], by=None, on=day, data=as_told)
            carry_out(matter, BY_NAME["close"], by=None, on=day + timedelta(days=40), data={})


def _upload(file: dict[str, str]) -> SimpleUploadedFile:
    """A picture, a one-page PDF or a note that stands for the described material."""
    if file["kind"] == "note":
        text = f"（演示材料）{file.get('caption', file['name'])}"
        return SimpleUploadedFile(file["name"], text.encode())
    picture = Image.new("RGB", (1200, 800), "#edf3f2")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 1200, 800), fill="#c9d5d4")
    draw.polygon([(0, 520), (330, 240), (620, 520)], fill="#7c8f92")
    draw.polygon([(420, 520), (820, 180), (1200, 520)], fill="#4a5a60")
    draw.rectangle((60, 60, 1140, 740), outline="#0b5563", width=4)
    out = BytesIO()
    picture.save(out, format="PDF" if file["kind"] == "pdf" else "JPEG")
    return SimpleUploadedFile(file["name"], out.getvalue())
