"""Opening what is personal in a matter: whose task it is, and for how long one look holds.

A look is written before anything is shown (design §5). For one's own task its purpose follows from
the task; everybody else states one (practice §3). One look holds for a quarter of an hour, so that
reading a record while working on it is one row of the ledger and not ten.
"""

from datetime import datetime
from typing import Any

from casework.matters.conflicts.standing import concerned_units, is_concerned
from casework.matters.models import Matter, MatterFile
from casework.matters.permissions import available
from casework.matters.purposes import PURPOSES
from casework.matters.queries import running
from casework.matters.states import State
from office.clock import today
from office.looks import HOLDS, Act, Way, holding, log_look, opened
from office.models import Look, Post
from office.posts import posts_of
from office.roles import BY_KEY, Reach

PEOPLE, TEXTS, RECEIPT = "信访人信息", "诉求与经过", "回执（含查询码）"
BOTH = (PEOPLE, TEXTS)
TOGETHER = "协办与往来"  # what colleagues wrote to each other: it opens with the texts, or alone
READ = "matters.view_matter"
_FILE, _FETCHED = "材料", "下载"
_DECIDES = "matters.decide_"
_COOPERATION = (
    "matters.supporttask.", "matters.outsideletter.", "matters.internalnote.", "matters.dutydispute.",
    "matters.reminder.", "matters.supervision.", "matters.supervisionanswer.", "matters.danger.",
    "matters.urgentreport.", "matters.urgentnotice.", "matters.urgentstep.",
)  # fmt: skip
_BELONGING = (
    "matters.matterlink.", "matters.notrepeat.", "matters.groupvisit.", "matters.talkoffer.",
)  # fmt: skip
DRAFT = "意见稿"  # what is reviewed, signed and served; it opens with the texts too
_OPINIONS = (
    "matters.opinion.", "matters.hearing.", "matters.review.", "matters.service.",
    "matters.promise.", "matters.superiorreview.", "matters.settlement.",
)  # fmt: skip
RESULTS = "办理结果与回访"  # what became of a matter: it opens with the texts, or alone
_OUTCOMES = (
    "matters.fourpart.", "matters.resolution.", "matters.easing.", "matters.talk.",
    "matters.followupcall.", "matters.papersignature.", "matters.archivefile.",
)  # fmt: skip
#: what a look opens of the vault, by its beginning; any other look opens what lies under the key
_OPENS = {
    PEOPLE: ("matters.petitioner.",),
    TEXTS: (
        "matters.matter.", "matters.move.", "matters.opinion.", "matters.approval.",
        "matters.matterfile.", "matters.conflict.", "matters.concernedunit.",
        "matters.document.", "matters.letter.", "matters.statutorypath.", "matters.lateentry.", *_COOPERATION,
        *_OUTCOMES,
        *_BELONGING,
        *_OPINIONS,
    ),
    TOGETHER: _COOPERATION,
    DRAFT: _OPINIONS,
    RESULTS: (*_OUTCOMES, "matters.matterfile."),
    RECEIPT: ("matters.item.",),
    _FILE: ("matters.matterfile.", "office.file:"),
}  # fmt: skip


def file_label(file: MatterFile) -> str:
    """What the look ledger calls a file: its name is personal and stays in the vault."""
    return f"{_FILE}{file.pk}"


def task_of(user: Any, matter: Matter) -> str:
    """The task for which this person needs the data of this matter; "" when it is not theirs."""
    if matter.officer_id == user.pk and matter.is_open:
        return "承办本事项"
    entered = matter.registered_by_id == user.pk and not matter.complete and matter.is_open
    if entered and matter.links.filter(item__registered_by=user).exists():
        return "补全本人登记的事项"
    return ""


def right_post(user: Any, matter: Matter, verb: str = READ) -> Post | None:
    """The post by which this person may open this matter with a verb: own ones before deputised.

    Of several it is the one whose unit leads or supports the matter, before one that sees all.
    """
    held = [post for post in posts_of(user) if verb in BY_KEY[post.role].verbs]
    over = [post for post in held if _covers(post, matter)]
    near = [post for post in over if BY_KEY[post.role].reach == Reach.UNIT]
    return next(iter(near or over or held), None)


def _covers(post: Post, matter: Matter) -> bool:
    """Whether the reach of a post has this matter in it (`queries` asks the same of the database)."""
    reach = BY_KEY[post.role].reach
    if reach == Reach.UNIT:
        own = post.unit.path
        if matter.lead_unit is not None and matter.lead_unit.path.startswith(own):
            return True
        supports = matter.supports.filter(running(today()), unit__path__startswith=own)
        into = matter.joins.filter(until=None, merged=True, to__lead_unit__path__startswith=own)
        return supports.exists() or into.exists()
    if reach == Reach.ENTRIES:
        entered = matter.registered_by_id is not None and matter.registered_by_id == post.user_id
        return entered or matter.state == State.REGISTERED
    return reach == (Reach.SEALED if matter.sealed else Reach.ALL)


def is_outside(user: Any, matter: Matter) -> bool:
    """Whether a look follows from nothing of the person's: no task, no unit, no step that waits."""
    if task_of(user, matter) or matter.registered_by_id == user.pk or available(user, matter):
        return False
    near = (Reach.UNIT, Reach.SEALED)
    if any(BY_KEY[post.role].reach in near and _covers(post, matter) for post in posts_of(user)):
        return False
    verbs = {verb for post in posts_of(user) for verb in BY_KEY[post.role].verbs}
    decides = any(verb.startswith(_DECIDES) for verb in verbs)
    return not (decides and matter.approvals.filter(decision="").exists())


def masked_only(user: Any, matter: Matter) -> bool:
    """Whether this person sees the matter only for its legal review, or as the unit it is about.

    The one reviews the law, not the person (design §5); the other says what it knows and learns of
    the petitioner no more than the request says (practice §1). Who came stays masked for both.
    """
    return _for_review(user, matter) or of_concerned_only(user, matter)


def _for_review(user: Any, matter: Matter) -> bool:
    roles = [post.role for post in posts_of(user) if READ in BY_KEY[post.role].verbs]
    reviews = any(BY_KEY[role].reach == Reach.REVIEW for role in roles)
    return reviews and not _over(user, matter)


def of_concerned_only(user: Any, matter: Matter) -> bool:
    """Whether all that lets this person see the matter is a post in a unit the matter is about."""
    over, about = _over(user, matter), concerned_units(matter, today())
    return bool(over) and all(
        BY_KEY[post.role].reach == Reach.UNIT and is_concerned(post.unit, about) for post in over
    )


def _over(user: Any, matter: Matter) -> list[Post]:
    """The posts of a person whose reach has the matter in it, reviewing left out."""
    posts = [post for post in posts_of(user) if READ in BY_KEY[post.role].verbs]
    return [p for p in posts if BY_KEY[p.role].reach != Reach.REVIEW and _covers(p, matter)]


def open_until(user: Any, matter: Matter, at: datetime) -> dict[str, datetime]:
    """What this person opened lately and until when it stays open: label → moment."""
    found = {look.what: look.at + HOLDS for look in holding(user, matter, at)}
    for what in found:
        opened(matter, _places(what))
    return found


def open_by_task(user: Any, matter: Matter, at: datetime, *whats: str) -> dict[str, datetime]:
    """`open_until`, after looks that follow from the person's own task have been written."""
    held = open_until(user, matter, at)
    purpose = task_of(user, matter)
    for what in whats:
        if purpose and what not in held:
            held[what] = open_for(user, matter, what, purpose, typed=False) + HOLDS
    return held


def open_for(
    user: Any,
    matter: Matter,
    what: str,
    purpose: str,
    *,
    verb: str = READ,
    act: str = "",
    typed: bool | None = None,
    outside: bool | None = None,
) -> datetime:
    """Write the look and return its moment. Raises ValidationError without a purpose.

    verb: by which right it is opened, so in which post; typed: False for a purpose that follows from
    what is done, None to ask whether it is one of `PURPOSES`; outside: see `is_outside`, None to ask it
    of stated purposes alone.
    """
    by_file = Act.FILE if what.startswith(_FILE) else Act.OPEN
    way = Way(
        act=act or by_file,
        typed=purpose.strip() not in PURPOSES if typed is None else typed,
        outside=typed is None and is_outside(user, matter) if outside is None else outside,
        opens=_places(what),
    )
    post = right_post(user, matter, verb)
    return log_look(
        user, matter, what, purpose=purpose, post=post, sealed=matter.sealed, way=way
    ).at


def log_download(user: Any, matter: Matter, file: MatterFile, at: datetime) -> None:
    """A file leaves the house: a look of its own each time, for the purpose it was opened for."""
    label = file_label(file)
    held: list[Look] = [look for look in holding(user, matter, at) if look.what == label]
    last = held[-1]
    way = Way(Act.DOWNLOAD, last.typed, last.outside, _places(label))
    log_look(
        user, matter, f"{_FETCHED}{label}", purpose=last.purpose, post=last.post, sealed=matter.sealed, way=way
    )  # fmt: skip


def _places(what: str) -> tuple[str, ...]:
    of_file = what.removeprefix(_FETCHED).startswith(_FILE)
    return _OPENS.get(_FILE if of_file else what, ())
