"""Matters in every state of the opinion side, made through the doors, and good data for its moves.

`AT[state](cast, street)` makes a matter in a state; `WHO[move]` is who makes a move of this side, and
`data_for(move, …)` what a good one takes. Days run: `later(days)` is the same house some days on.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.approvals import ask, decide
from casework.matters.attaching import attach
from casework.matters.models import Matter, MatterFile
from casework.matters.moving import move
from casework.matters.profiles import make_national_profile
from office import clock
from office.clock import now, today
from office.history import acting
from tests.casework.matters.counter import a_category, accepted, arrive, assigned

DAY = timedelta(days=1)


def later(days: int) -> AbstractContextManager[Any]:
    """The house some days on."""
    return clock.at(now() + timedelta(days=days))


def paper(matter: Matter, by: Any, name: str = "凭据.txt") -> MatterFile:
    """A file of the matter, as a page stores it along with its form."""
    file = SimpleUploadedFile(name, f"{name}，签字盖章".encode())
    with acting(by):
        return attach(matter, file, by=by, proof=True)


def act(matter: Matter, name: str, by: Any, /, *, on: date | None = None, **data: Any) -> Matter:
    with acting(by):
        return move(matter, name, by=by, on=on, data=data)


# The stations


def handled(cast: Any, street: Any, *, klass: str = "C", path: str = "C6", **more: Any) -> Matter:
    """Assigned to the officer of the social section; `path` "" for a suggestion."""
    make_national_profile()
    matter = arrive(cast.registrar)[1][0]
    way = {"klass": klass, "path": path, "category": a_category(), **more}
    matter = accepted(matter, cast.officehead, **way)
    return assigned(matter, cast.officehead, street.social, cast.officer)


def heard(cast: Any, street: Any) -> Matter:
    matter = handled(cast, street)
    return act(matter, "hear", cast.officer, way="phone", note="他说九月的也没有发。")


def opinion(street: Any, **change: Any) -> dict[str, Any]:
    """What an officer writes: everything art. 32 asks for."""
    facts = {
        "outcome": "explain", "claim": "要求补发七月到十月的加班费。",
        "facts": "经查考勤表，加班属实，金额双方有出入。", "basis": "《劳动法》第四十四条。",
        "body": "加班费的数额有争议，请先申请劳动仲裁，我们陪同办理。", "all_answered": True,
    }  # fmt: skip
    return facts | change


def promise(street: Any, days: int = 20, what: str = "补发七、八月加班费") -> dict[str, Any]:
    return {"what": what, "unit": street.social, "due_on": today() + timedelta(days=days)}


def supporting(street: Any, days: int = 20) -> dict[str, Any]:
    return opinion(
        street, outcome="support", body="民宿应补发加班费。", promises=[promise(street, days)]
    )


def drafted(cast: Any, street: Any, matter: Matter | None = None, **change: Any) -> Matter:
    matter = matter or heard(cast, street)
    return act(matter, "draft", cast.officer, **opinion(street, **change))


def reviewed(cast: Any, street: Any, matter: Matter | None = None, **change: Any) -> Matter:
    matter = drafted(cast, street, matter, **change)
    legal = matter.opinions.latest("pk").legal
    return act(matter, "review", cast.reviewer if legal else cast.officehead)


def signed(cast: Any, street: Any, matter: Matter | None = None, **change: Any) -> Matter:
    return act(reviewed(cast, street, matter, **change), "sign", cast.leader)


def answered(cast: Any, street: Any, matter: Matter | None = None, **change: Any) -> Matter:
    """Served today; in its window, or being performed when something was promised."""
    return in_hand(cast, street, signed(cast, street, matter, **change))


def in_hand(cast: Any, street: Any, matter: Matter) -> Matter:
    """What waits to be served is served."""
    return act(matter, "serve", cast.officer, **data_for("serve", cast, street, matter))


def replied(cast: Any, matter: Matter, **change: Any) -> Matter:
    """Answered by a reply, which the petitioner does not hold yet."""
    told = {"outcome": "adopted", "body": "建议很好，已列入计划。"} | change
    return act(matter, "answer", cast.officer, **told)


def performing(cast: Any, street: Any, days: int = 20) -> Matter:
    return answered(cast, street, **supporting(street, days))


def reviewing(cast: Any, street: Any) -> Matter:
    matter = answered(cast, street)
    return act(matter, "ask_review", cast.registrar, body_name="云湖区人民政府")


def upheld(cast: Any, street: Any) -> Matter:
    matter = reviewing(cast, street)
    return act(matter, "review_upheld", cast.registrar, **decision(cast, matter))


def final_review(cast: Any, street: Any) -> Matter:
    matter = upheld(cast, street)
    return act(matter, "ask_final", cast.registrar, body_name="市人民政府")


def decision(cast: Any, matter: Matter, **change: Any) -> dict[str, Any]:
    """What a superior decided, with its paper."""
    scan = paper(matter, cast.registrar, "复查意见书.txt")
    return {"order": "认定事实清楚。", "served_on": today(), "paper": scan} | change


def closed(cast: Any, street: Any) -> Matter:
    """A suggestion that was answered: the shortest way to an end."""
    return in_hand(cast, street, replied(cast, handled(cast, street, klass="A", path="")))


def settled(cast: Any, street: Any) -> Matter:
    matter = handled(cast, street)
    return act(matter, "settle", cast.officer, **data_for("settle", cast, street, matter))


def archived(cast: Any, street: Any) -> Matter:
    return act(closed(cast, street), "archive", cast.officehead)


def withdrawn(cast: Any, street: Any) -> Matter:
    matter = handled(cast, street)
    wish = paper(matter, cast.registrar, "撤回申请书.txt")
    return act(matter, "withdraw", cast.registrar, note="已和老板谈妥。", paper=wish)


AT: dict[str, Callable[[Any, Any], Matter]] = {
    "handling": heard, "drafted": drafted, "reviewed": reviewed, "signed": signed,
    "answered": answered, "performing": performing, "reviewing": reviewing, "upheld": upheld,
    "final_review": final_review, "closed": closed, "archived": archived, "withdrawn": withdrawn,
}  # fmt: skip

# Who makes which move, and with what

WHO = {
    "assign": "officehead", "name_officer": "head", "reassign": "officehead", "return": "officer",
    "hear": "officer", "not_reached": "officer", "draft": "officer", "recall_draft": "officer",
    "review": "officehead", "review_paper": "registrar", "redraft": "officehead", "sign": "leader",
    "sign_paper": "registrar", "unsign": "leader", "serve": "officer", "try_serve": "officer",
    "answer": "officer", "settle": "officer", "confirm_court": "officer",
    "keep_promise": "officer", "broken": "registrar", "ask_review": "registrar",
    "review_upheld": "registrar", "review_changed": "registrar", "review_revoked": "registrar",
    "ask_final": "registrar", "final_hearing": "registrar", "final_upheld": "registrar",
    "final_changed": "registrar", "final_revoked": "registrar", "review_declined": "registrar",
    "final_declined": "registrar", "close": "officehead",
    "withdraw": "registrar", "undo_withdraw": "registrar", "heirs": "registrar",
    "no_heirs": "officehead",
}  # fmt: skip
#: acts of two of this side: who asks, who decides
TWO = {
    "void": ("registrar", "officehead"), "extend": ("officer", "leader"),
    "reopen": ("officehead", "leader"), "served": ("officer", "officehead"),
    "received": ("registrar", "officehead"),
}  # fmt: skip


def _of_reviews(scan: Callable[[str], MatterFile]) -> dict[str, Callable[[], dict[str, Any]]]:
    """What the bodies above decided, as it came in."""

    def decided() -> dict[str, Any]:
        return {"order": "认定事实清楚。", "served_on": today(), "paper": scan("意见书.txt")}

    return {
        "ask_review": lambda: {"body_name": "云湖区人民政府"},
        "ask_final": lambda: {"body_name": "市人民政府"},
        "review_upheld": decided, "review_changed": decided, "review_revoked": decided,
        "review_declined": lambda: {"paper": scan("不予受理告知.txt")},
        "final_declined": lambda: {"paper": scan("不予受理告知.txt")},
        "final_upheld": decided, "final_changed": decided, "final_revoked": decided,
        "final_hearing": lambda: {"from_on": today() + DAY, "to_on": today() + 3 * DAY},
    }  # fmt: skip


def data_for(name: str, cast: Any, street: Any, matter: Matter) -> dict[str, Any]:
    """Good data for a move of this side on this matter; files are stored where it takes them."""
    by = getattr(cast, WHO.get(name) or TWO[name][0])

    def scan(title: str) -> MatterFile:
        return paper(matter, by, title)

    made: dict[str, Callable[[], dict[str, Any]]] = {
        "assign": lambda: {"lead_unit": street.social, "officer": cast.officer},
        "name_officer": lambda: {"officer": cast.officer},
        "reassign": lambda: {"lead_unit": street.housing, "note": "归村镇建设办。"},
        "return": lambda: {"note": "不归本单位，应当交村镇建设办。"},
        "hear": lambda: {"way": "phone", "note": "他说九月的也没有发。"},
        "not_reached": lambda: {"way": "phone", "note": "打了两次，没有人接。"},
        "draft": lambda: opinion(street),
        "redraft": lambda: {"note": "依据要写到条。"},
        "review_paper": lambda: {"counsel": "云湖律师事务所", "paper": scan("书面审核.txt")},
        "sign_paper": lambda: {
            "leader": cast.leader, "signed_on": today(), "paper": scan("呈批单.txt")
        },
        "unsign": lambda: {"note": "金额再核一遍。"},
        "serve": lambda: {"way": "person", "place": "他家里", "proof": scan("送达回证.txt")},
        "try_serve": lambda: {"way": "person", "place": "他家", "note": "上门两次，家里没有人。"},
        "answer": lambda: {"outcome": "adopted", "body": "建议很好，已列入计划。"},
        "settle": lambda: {
            "kind": "mediated", "agreement": scan("协议书.txt"), "words": "分两次付清。",
            "consent": True,
        },
        "confirm_court": lambda: {"court": "云湖区人民法院", "ruling": scan("裁定书.txt")},
        "keep_promise": lambda: {
            "promise": matter.promises.filter(kept_on=None, dropped=False).first(), "proof": scan("转账凭证.txt")
        },
        "broken": lambda: {"note": "他说一分钱没收到。"},
        **_of_reviews(scan),
        "withdraw": lambda: {"note": "已和老板谈妥。", "paper": scan("撤回申请书.txt")},
        "undo_withdraw": lambda: {"note": "老板又反悔了。"},
        "heirs": lambda: {
            "name": "韦小松", "phone": "19900001235", "proof": scan("死亡证明.txt"),
            "note": "儿子愿意继续。",
        },
        "no_heirs": lambda: {"proof": scan("死亡证明.txt"), "note": "没有近亲属。"},
        "void": lambda: {}, "reopen": lambda: {}, "extend": lambda: {"days": 15},
    }  # fmt: skip
    return made.get(name, dict)()


def two(name: str, cast: Any, street: Any, matter: Matter, reason: str = "情况复杂") -> Matter:
    """An act of two, asked for and agreed to."""
    asker, decider = (getattr(cast, who) for who in TWO[name])
    with acting(asker):
        request = ask(
            matter, name, by=asker, reason=reason, data=data_for(name, cast, street, matter)
        )
    with acting(decider):
        return decide(request, by=decider, approve=True)
