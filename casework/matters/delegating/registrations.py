"""What delegating tells the kernel: the page of separation, the long work of a worker."""

from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.delegating import handing, standing
from casework.matters.queued import HAND_OVERS
from office import registries
from office.registries import SeparationPart

_HEADINGS = ("编号", "被授权人", "可以做什么", "分类", "每件最多", "期限", "授权人")


def part(user: Any, on: date) -> SeparationPart:
    """Standing authorisations in force, beside the roles people hold."""
    rows = [
        (
            row.number,
            row.holder,
            row.get_act_display(),
            "、".join(str(one) for one in row.categories.all()),
            f"{row.most_people} 人",
            f"{row.valid_from:%Y-%m-%d} 至 {row.valid_to:%Y-%m-%d}",
            str(row.given_by),
        )
        for row in standing.in_force(on)
    ]
    return SeparationPart(
        title="常设授权",
        headings=_HEADINGS,
        rows=rows,
        empty="现在没有常设授权：受理、当场办结都由信访办主任办。",
        url=reverse("matters:standings"),
    )


registries.separation.append(part)
registries.long_jobs.append((handing.JOB, handing.LABEL, handing.work))
registries.tasks[handing.JOB] = HAND_OVERS
