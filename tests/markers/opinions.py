"""What is written on the way of an opinion, up to a superior's word; and an agreement beside it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.approvals import ask
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import ARBITRATION, arrive
from tests.casework.matters.opinions import making


def _scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "签字盖章".encode())


def plant(planting: Any) -> None:
    """Heard, drafted, reviewed, signed, served, promised, and reviewed above, through the pages."""
    cast, text, day, do = planting.cast, planting.marks.text, str(today()), planting._do
    do(cast.officer, "hear", way="phone", on=day, note=text("matters.hearing.note"))
    do(
        cast.officer, "draft", outcome="support", claim=text("matters.opinion.claim"),
        facts=text("matters.opinion.facts"), basis=text("matters.opinion.basis"),
        body=text("matters.opinion.body"), all_answered="on",
        what_1=f"{text('matters.opinion.promised')}{text('matters.promise.what')}",
        unit_1=planting.street.social.pk, due_on_1=day,
    )  # fmt: skip
    do(cast.officehead, "review", note=text("matters.review.note"))
    do(cast.leader, "sign", note="")
    do(
        cast.officer, "serve", way="left", on=day, proof=_scan("送达回证.txt"),
        place=f"望塘村3组{text('matters.service.place')}", note=text("matters.service.note"),
        witness=planting.marks.person("matters.service.witness"),
    )  # fmt: skip
    do(cast.registrar, "ask_review", body_name="云湖区人民政府", on=day)
    do(
        cast.registrar, "review_upheld", on=day, served_on=day, paper=_scan("复查意见书.txt"),
        order=text("matters.superiorreview.order"),
    )  # fmt: skip
    beside(planting)


def beside(planting: Any) -> None:
    """Another matter ends by agreement; a third is to go to arbitration, in somebody's words."""
    cast, text = planting.cast, planting.marks.text
    other = making.handled(cast, planting.street)
    data = making.data_for("settle", cast, planting.street, other)
    making.act(other, "settle", cast.officer, **data | {"words": text("matters.settlement.words")})
    third = arrive(cast.registrar)[1][0]
    said = ARBITRATION | {"aid": text("matters.approval.texts")}
    with acting(cast.officehead):
        ask(third, "route", by=cast.officehead, reason="依法先仲裁", data=said)
