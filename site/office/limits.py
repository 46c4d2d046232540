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
    "danger_days": Declared(
        "眼前危险标注（天）", 3, 1, 30, "标在一件事项上，到期自动解除；需要时可以延长，最长 30 天。"
    ),
    "late_entry_days": Declared(
        "晚登不用说明的天数", 7, 0, 60, "收到后超过这么多天才登记的，要写明原因，列入补登审计。"
    ),
    "reroute_days": Declared(
        "临期改途径提示（天）",
        10,
        0,
        60,
        "受理后改走法定途径，离期限只剩这么多天的，列给审计员看。",
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
    "look_checks": Declared(
        "查看提示：一小时内判重（件）",
        20,
        0,
        1000,
        "同一人一小时内为这么多件来件查重复，列入查看审计；0 为不用。",
    ),
    "repeat_likeness": Declared(
        "判重：文字相近（%）",
        40,
        10,
        100,
        "标题或诉求有这么多相同，才提示可能重复；越小提示越多。是不是重复由人认定。",
    ),
    "hear_tries": Declared(
        "联系不上信访人（次）",
        3,
        1,
        10,
        "起草意见前要听取陈述；记满这么多次没联系上，也可以起草。",
    ),
    "four_parts": Declared(
        "办结前须填“三到位一处理”（1 是，0 否）",
        1,
        0,
        1,
        "走信访程序、出具处理意见的事项；简易办理和调解、和解的不要求。",
    ),
    "follow_up": Declared(
        "办结后回访（1 是，0 否）", 1, 0, 1, "办结后 30 日、90 日各回访一次；天数在规则方案里。"
    ),
    "follow_tries": Declared(
        "回访联系不上几次为止", 3, 1, 10, "连续这么多次没有联系上，这次回访记为“没有联系上”。"
    ),
    "easing_days": Declared(
        "阶段性缓和最长间隔（天）", 90, 7, 365, "记阶段性缓和时，下次联系日最远定到多少天以后。"
    ),
    "resident_messages": Declared(
        "短信告诉信访人（1 发，0 不发）",
        1,
        0,
        1,
        "受理、有处理意见时发一条；写了联系方式嘱咐的、没有手机号的不发。",
    ),
    "quiet_from": Declared(
        "免打扰从（点）", 21, 0, 23, "短信、邮件通知等到免打扰结束再发；本人可以另选。24 小时制。"
    ),
    "quiet_until": Declared(
        "免打扰到（点）", 8, 0, 23, "与“从”相同时，一天到晚都可以发。24 小时制。"
    ),
    "sending_tries": Declared(
        "通知发送次数", 8, 1, 20, "短信、邮件没发成会隔一阵再试，越隔越久；试满这么多次为止。"
    ),
    "sending_days": Declared(
        "通知最迟几天内发出（天）",
        3,
        1,
        30,
        "短信、邮件过了这么多天还没有发出的（例如一直没有设置网关），内容可能过时，不再发。",
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
