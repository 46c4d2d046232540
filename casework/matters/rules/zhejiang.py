"""《浙江省信访条例》 (2016) over the national rules (domain §2.5), as a draft.

Whether it still applies beside the national rules of 2022 was not found: nothing of it is in force
until a leader approves it. The numbers were read, the numbers of their articles were not.
"""

from typing import Any

from casework.matters.models.profiles import Certainty
from casework.matters.rules import national

NAME = "浙江省规则（2016 年条例）"
SOURCE = "《浙江省信访条例》（2016年）；没有规定的沿用国家规则"
NOTE = "是否仍适用待核：2022 年《信访工作条例》施行后，请先向区信访局核实，再送领导批准。"
_LAW = "《浙江省信访条例》（2016年）{}"
_SOME = _LAW.format("（条款号待核）")
_U = Certainty.UNVERIFIED

#: part → rows that take the place of the national ones
OVER: dict[str, list[dict[str, Any]]] = {
    "limits": [
        {"kind": "notice", "days": 5, "unit": "workday", "article": _SOME, "certainty": _U},
        {"kind": "handle", "days": 30, "unit": "day", "article": _SOME, "certainty": _U},
        {"kind": "extension", "days": 60, "unit": "day", "article": _SOME, "certainty": _U},
        {"kind": "representatives", "days": 5, "unit": "person", "article": _SOME, "certainty": _U},
        {"kind": "few_people", "days": 10, "unit": "person", "article": _SOME, "certainty": _U},
        {
            "kind": "few_representatives", "days": 3, "unit": "person", "article": _SOME,
            "certainty": _U,
        },
    ],
    "texts": [
        {
            "key": "reporter",
            "text": "未经检举人、控告人本人同意，不得公开其姓名；检举、控告材料不得透露给被检举、控告的人"
            "或者单位。",
            "article": _LAW.format("第二十六条"),
            "certainty": _U,
        },
    ],
    "settings": [
        {
            "key": "lapse", "value": "final", "article": _LAW.format("第二十五条"), "certainty": _U,
        },
    ],
}  # fmt: skip
_KEY = {"limits": "kind", "texts": "key", "settings": "key"}


def rows() -> dict[str, list[dict[str, Any]]]:
    """The whole profile: the national rows, with the local ones in their place."""
    found = national.rows()
    for part, over in OVER.items():
        key = _KEY[part]
        new = {row[key]: row for row in over}
        found[part] = [new.pop(row[key], row) for row in found[part]] + list(new.values())
    return found
