"""Lines of the health page: the log of destructions against the database, and the master key's age."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localtime

from office.health import State
from office.limits import limit
from office.models import DataKey, MasterKey
from office.retention import journal
from office.retention.replaying import missing, undone
from office.vault import VaultError, keys

_DAYS_A_MONTH = 30.4


def destructions(now: datetime) -> Iterator[tuple[State, str]]:
    """Whether the log is whole, names all that was destroyed, and nothing of it is back."""
    try:
        logged = journal.entries()
    except journal.Broken as error:
        yield State.FAIL, "".join(error.messages)
        return
    except OSError:
        yield (
            State.FAIL,
            f"销毁日志打不开：{journal.path()}。打开之前不能销毁，恢复的备份也不会重做销毁。",
        )
        return
    if count := missing(logged):
        yield (
            State.FAIL,
            f"销毁日志里少 {count} 件（{journal.path()}）：请从另存的副本恢复这个文件，不要用旧备份覆盖它。",
        )
    left = undone(logged)
    if left.entries or left.files:
        yield (
            State.FAIL,
            f"有 {max(len(left.entries), len(left.files))} 项已销毁的内容又出现了（恢复过旧备份？）："
            "请运行 manage.py replay_destructions。",
        )
    elif not count:
        yield State.OK, f"销毁日志完整，共 {len(logged)} 件。"


def master_key(now: datetime) -> Iterator[tuple[State, str]]:
    """How old the master key is, and whether every data key is wrapped by one that is there."""
    try:
        ring = keys()
    except VaultError:
        return  # told by the line of the key files
    lost = DataKey.objects.filter(destroyed_at=None).exclude(master__in=ring.names)
    if lost.exists():
        names = "、".join(sorted(set(lost.values_list("master", flat=True)[:1000])))
        yield (
            State.FAIL,
            f"有数据要用主密钥 {names}，密钥文件里没有：请用 rotate_keys --bring-back 放回。",
        )
    old = DataKey.objects.filter(destroyed_at=None).exclude(master=ring.current)
    if left := old.order_by("pk")[:100_000].count():
        yield (
            State.WARN,
            f"还有 {left} 个数据密钥用旧的主密钥：请再运行一次 manage.py rotate_keys，把轮换做完。",
        )
    row = MasterKey.objects.filter(name=ring.current).first()
    since = row.since if row else ring.since
    months = int((now - since).days / _DAYS_A_MONTH)
    text = f"主密钥 {ring.current} 自 {localtime(since):%Y-%m-%d} 使用，已 {months} 个月"
    if months >= limit("master_key_months"):
        yield State.WARN, f"{text}：请轮换（manage.py rotate_keys，见《管理员》）。"
    else:
        yield State.OK, f"{text}。"


CHECKS = {"销毁": destructions, "主密钥": master_key}
