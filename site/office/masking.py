"""How personal data is shown when it is not opened (domain §5, conventions marked [M]).

Every function takes the full text and returns what may be shown; empty stays empty.
"""

import re

#: compound surnames that keep both characters
_COMPOUND = {"欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯"} | {
    "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙",
    "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "令狐", "百里", "呼延",
}  # fmt: skip


def mask_name(name: str) -> str:
    """韦小宝 → 韦*; 欧阳娜 → 欧阳*; an organisation keeps its first two characters."""
    name = name.strip()
    if not name:
        return ""
    if len(name) > 4:
        return name[:2] + "**"
    if name[:2] in _COMPOUND and len(name) > 2:
        return name[:2] + "*"
    return name[0] + "*"


def mask_phone(phone: str) -> str:
    """13812341234 → 138****1234; shorter numbers keep the last two digits."""
    plain = phone.isascii() and phone.isdigit()
    digits = phone if plain else re.sub(r"\D", "", phone)
    if not digits:
        return "****" if phone.strip() else ""
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "****" + digits[-2:]


def mask_id(number: str) -> str:
    """Internal view of an ID number: first six and last two (domain §5); of others the last two."""
    number = number.strip()
    if len(number) in (15, 18):
        return number[:6] + "*" * (len(number) - 8) + number[-2:]
    if len(number) < 8:
        return "********" if number else ""
    return "*" * (len(number) - 2) + number[-2:]


def mask_address(address: str) -> str:
    """To community level: what follows 社区, 村, 街道 or 镇 is hidden, house numbers in any case."""
    address = address.strip()
    before_house = re.split(r"[\d栋幢号室]", address)[0]
    ends = [found.end() for found in re.finditer(r"(社区|村|街道|镇)", before_house)]
    if ends:
        return before_house[: ends[-1]] + "***"
    return before_house[:3] + "***" if address else ""


def mask_text(text: str) -> str:
    """Free text is not shown in part: only how long it is."""
    return f"（{len(text)}字，打开后可见）" if text.strip() else ""


MASKS = {
    "name": mask_name,
    "phone": mask_phone,
    "id": mask_id,
    "address": mask_address,
    "text": mask_text,
}
