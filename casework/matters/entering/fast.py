"""简易办理: for which matters it may be chosen (domain §2.4).

The figures and exclusions of 国信办发〔2022〕17号 were read in excerpts only: the ten working days are a
value of the rule profile; what speaks against it is confirmed by whoever chooses it, line by line.
"""

from collections.abc import Collection

from casework.matters.models import ItemLink, Matter
from casework.matters.profiles import limits_of
from casework.matters.states import SENT_TO_US

#: what must be so: (key, said in the affirmative)
CONDITIONS = (
    ("clear", "事实清楚、责任明确、争议不大，容易解决"),
    ("not_assigned", "不是上级交办要结果的"),
    ("supportable", "看来可以支持（可能不支持的走普通程序）"),
    ("no_path", "没有进入、也不适合进入诉讼、仲裁、复议等法定途径"),
    ("one_bearer", "只有一个责任单位"),
    ("small", "不是联名、集体，也不重大复杂"),
)


def hindrance(matter: Matter, confirmed: Collection[str]) -> str:
    """Why a matter cannot be handled the simple way; "" when it can.

    confirmed: keys of CONDITIONS that the person who decides has ticked.
    """
    if matter.people_count >= limits_of(matter.profile)["group"].days or matter.representatives:
        return f"登记的是 {matter.people_count} 人，联名、集体的不能简易办理，请走普通程序。"
    if matter.links.filter(kind=ItemLink.Kind.REPEAT).exists():
        return "这件有重复信访并入，不是初次，不能简易办理，请走普通程序。"
    if matter.channel in SENT_TO_US and "not_assigned" not in confirmed:
        return "上级交办要结果的不能简易办理。只是转送的，请勾选“不是上级交办要结果的”。"
    open_ones = [told for key, told in CONDITIONS if key not in confirmed]
    if open_ones:
        return f"简易办理还有 {len(open_ones)} 项没有确认：{'；'.join(open_ones)}。有一项不符合的，走普通程序。"
    return ""
