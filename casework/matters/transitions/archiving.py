"""归档: a closed matter goes to the archive; only taking it up again brings it back (domain §2.6)."""

from casework.matters.lifecycle import Rule
from casework.matters.states import State

RULES = [
    Rule(
        "archive", "归档", (State.CLOSED,), State.ARCHIVED, "matters.archive_matter",
        takes=("box", "pages", "note"), gates=("archive_is_ready",),
        article="《档案法》及本单位归档范围",
        told="生成卷号、卷内目录和封面。归档后除回访、化解外不能再添加；要补的，先恢复办理调出。",
        done="已归档",
    ),
]  # fmt: skip
