"""What tests of requests do at the counter: somebody asks, shows who they are, and is answered."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from casework.matters.intake import Person, query_code
from casework.matters.models import Item, Matter, RightsRequest
from casework.matters.rights import gathering, moving, telling
from casework.matters.rights.lifecycle import Said
from casework.matters.rights.moving import Asked
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import arrive, text

NAME, PHONE = "韦小梅", "19900001234"


def ask_for(by: Any, *rights: str, **more: Any) -> RightsRequest:
    """A request entered two days after it came in."""
    facts = {
        "channel": "visit",
        "received_on": today() - timedelta(days=2),
        "rights": rights or ("access",),
        "name": NAME,
        "phone": PHONE,
        "asked": "想看看登记了我哪些信息，谁看过。",
    }
    with acting(by):
        return moving.register(Asked(**{**facts, **more}), by=by)


def checked(asked: RightsRequest, by: Any) -> RightsRequest:
    with acting(by):
        return moving.check(asked, by=by, identity="card", note="身份证，与本人一致，末四位 1234")


def code_of(matter: Matter) -> str:
    return query_code(matter.links.get().item)


def add(asked: RightsRequest, matter: Matter, by: Any, basis: str = "") -> list[Any]:
    """Add a matter by its number and the code on the receipt."""
    with acting(by):
        found = gathering.look_up(asked, matter.number, code_of(matter), by=by)
        return [gathering.add(asked, one, by=by, basis=basis) for one in found]


def built(asked: RightsRequest, by: Any, hidden: str = "") -> dict[str, Any]:
    with acting(by):
        return telling.build(asked, by=by, hidden=hidden)


def submitted(asked: RightsRequest, by: Any, **answers: str) -> RightsRequest:
    """Laid before a decider; every right granted unless `right="refused:理由"`."""
    said = []
    for point in asked.points.all():
        answer, _, reason = answers.get(point.right, "granted:").partition(":")
        said.append(Said(point.right, answer, reason or "按登记的目的说明。"))
    with acting(by):
        return moving.submit(asked, said, by=by)


def decided(asked: RightsRequest, by: Any, agree: bool = True, note: str = "") -> RightsRequest:
    with acting(by):
        return moving.decide(asked, by=by, agree=agree, note=note)


def gathered(by: Any, *matters: Matter, rights: tuple[str, ...] = ("access",)) -> RightsRequest:
    """A request checked, with these matters added and put together."""
    asked = checked(ask_for(by, *rights), by)
    for matter in matters:
        assert add(asked, matter, by)
    built(asked, by)
    return RightsRequest.objects.get(pk=asked.pk)


def granted(by: Any, decider: Any, *matters: Matter, rights: tuple[str, ...] = ("access",)) -> Any:
    """A request decided, everything granted."""
    return decided(submitted(gathered(by, *matters, rights=rights), by), decider)


def joint(by: Any) -> Matter:
    """A matter of two petitioners who do not see each other's data."""
    people = [
        Person(name=NAME, phone=PHONE, address="望塘村3组12号"),
        Person(name="于大河", phone="19900007777", address="望塘村3组15号", main=False),
    ]
    said = "我和于大河一起反映，他的电话１９９-0000 7777，身份证 330102199001011234。"
    return arrive(by, people=people, claims=[("院墙占道", said)])[1][0]


def item_of(matter: Matter) -> Item:
    return matter.links.get().item


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


PNG = picture()


def photo(name: str = "签收单.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def at(asked, name: str, *more) -> str:
    return reverse(f"rights:{name}", args=[asked.pk, *more])


def again(asked) -> RightsRequest:
    return RightsRequest.objects.get(pk=asked.pk)


def done(response) -> str:
    """Where a form led; fails with the page when it was refused."""
    assert response.status_code == 302, text(response)
    return response.url
