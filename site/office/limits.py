"""Terms and sizes an office may set itself: one table with defaults, read through `limit(key)`.

What the law sets lies in rule profiles, never here.
"""

from dataclasses import dataclass

from office.models import Limit


@dataclass(frozen=True)
class Declared:
    """label and note: Chinese, for the page of settings; lowest and highest: what may be entered."""

    label: str
    default: int
    lowest: int
    highest: int
    note: str = ""


LIMITS = {
    "upload_days": Declared(
        "上传的台账保留（天）", 30, 1, 365, "导入结束后，原文件和错误副本保留多久。"
    ),
    "export_days": Declared("导出文件保留（天）", 7, 1, 90, "遮盖的导出文件可以下载多久。"),
    "clear_hours": Declared("明文导出保留（小时）", 24, 1, 168, "同意之后，明文文件可以下载多久。"),
    "sealed_audit_days": Declared(
        "密件审计查看（天）", 7, 1, 30, "保管人同意之后，审计员可以查看密件多久，到期自动看不到。"
    ),
    "background_rows": Declared(
        "后台处理的行数", 5000, 500, 100_000, "超过这么多行的导入、导出在后台进行，完成后提醒。"
    ),
    "area_code": Declared(
        "本地电话区号（不写前面的 0）",
        0,
        0,
        999,
        "例如 0571 写 571；没写区号的座机按它核对和查找。填 0 表示还没有定。",
    ),
    "rights_days": Declared(
        "个人信息请求答复期限（工作日）",
        15,
        1,
        60,
        "法律要求“及时”，没有定天数；这是内部期限，从收到次日起算。改了只管以后收到的请求。",
    ),
    "rights_file_days": Declared(
        "个人信息答复文件保留（天）", 3, 1, 30, "给请求人本人做的文件可以下载多久，到期自动删除。"
    ),
    "rights_tries": Declared(
        "个人信息请求每小时核对次数",
        10,
        3,
        60,
        "一个人、一件请求，一小时内最多核对几次编号和查询码。",
    ),
    "crowd_people": Declared("影响大的人数", 50, 5, 10_000, "达到这个人数的事项办结后永久保管。"),
    "master_key_months": Declared(
        "主密钥使用（月）", 24, 1, 120, "超过这个时间，“运行状况”提醒轮换主密钥。"
    ),
    "password_days": Declared(
        "密码使用天数", 90, 30, 365, "用满以后，登录时先换密码（等级保护常用 90 天）。"
    ),
    "barred_passwords": Declared(
        "不能重复的密码（次）", 5, 1, 24, "新密码不能与最近这么多次用过的相同。"
    ),
    "lock_failures": Declared("输错几次锁定", 5, 3, 10, "连续输错密码这么多次，账号锁定一段时间。"),
    "lock_minutes": Declared(
        "锁定时间（分钟）", 30, 5, 1440, "到时自动解除；安全管理员可以提前解除。"
    ),
    "address_failures": Declared(
        "同一来源输错几次后放慢",
        20,
        5,
        200,
        "半小时内从同一地址输错这么多次，以后每次要多等一会儿。",
    ),
    "session_hours": Declared(
        "一次登录最长时间（小时）", 12, 1, 24, "从登录算起，到时须重新登录，正在填的表单会保留。"
    ),
    "activation_hours": Declared(
        "激活码有效时间（小时）", 24, 1, 72, "从确认算起，过期须重新申请。"
    ),
    "emergency_hours": Declared("应急账号最长时间（小时）", 24, 1, 24, "到时自动失效。"),
    "look_many": Declared(
        "查看提示：一小时内（件）",
        20,
        0,
        1000,
        "同一人一小时内查看这么多件，列入查看审计；0 为不用。",
    ),
    "look_after": Declared(
        "查看提示：非上班时间（件）",
        1,
        0,
        1000,
        "同一人一天内在上班时间以外查看这么多件，列入查看审计；0 为不用。",
    ),
    "office_opens": Declared("上班时间从（点）", 8, 0, 23, "查看审计用，24 小时制。"),
    "office_closes": Declared("上班时间到（点）", 18, 1, 24, "查看审计用，24 小时制。"),
    "look_outside": Declared(
        "查看提示：任务以外（件）",
        5,
        0,
        1000,
        "同一人一天内查看这么多件与本人无关的事项，列入查看审计；0 为不用。",
    ),
    "look_people": Declared(
        "查看提示：多人看同一件（人）", 5, 0, 1000, "同一件有这么多人查看，列入查看审计；0 为不用。"
    ),
    "look_people_days": Declared("查看提示：多人看同一件（天）", 7, 1, 60, "在几天之内算。"),
}


def limit(key: str) -> int:
    """The value in force. Raises KeyError for a key that is not declared."""
    declared = LIMITS[key]
    set_here = Limit.objects.filter(key=key).values_list("value", flat=True).first()
    return declared.default if set_here is None else set_here


def limits(*keys: str) -> dict[str, int]:
    """Several values in force, in one query. Raises KeyError as `limit` does."""
    defaults = {key: LIMITS[key].default for key in keys}
    return defaults | dict(Limit.objects.filter(key__in=keys).values_list("key", "value"))


def names(ids: list[int]) -> dict[int, str]:
    """What an auditor reads of changed values: their labels."""
    rows = Limit.objects.filter(pk__in=ids).values_list("pk", "key")
    return {pk: LIMITS[key].label if key in LIMITS else key for pk, key in rows}
