"""Whether this installation is well: one line a part, in words, for the page and `manage.py health`.

Every check answers; one that cannot be made is a line that says so.
"""

import logging
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from office import registries, triggers
from office.clock import now as present
from office.models import CalendarYear, ChainSeal, DataKey, Job, SealCheck
from office.search import behind, service_state
from office.search.probing import silent
from office.vault import VaultError, cipher_of, keys


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"

    @property
    def word(self) -> str:
        return {"ok": "正常", "warn": "注意", "fail": "故障"}[self.value]


@dataclass(frozen=True)
class Line:
    """One part of the installation: its name, its state and a sentence."""

    part: str
    state: State
    text: str


_log = logging.getLogger(__name__)

ZONE = "Asia/Shanghai"
_WORKER_LATE, _WORKER_GONE = timedelta(minutes=5), timedelta(minutes=30)
_BACKUP_OLD = timedelta(hours=26)
_SEARCH_BEHIND = 1000  # changes
_LIMITS_REACH_NEXT_YEAR = 10  # the month: 60 days and an extension from October on cross the year
_DISK_WARN, _DISK_FAIL = 0.10, 0.02  # free part of the disk
_CLOCK_WARN, _CLOCK_FAIL = timedelta(seconds=60), timedelta(minutes=5)


def lines(now: datetime) -> list[Line]:
    """All lines, the installation's own parts first."""
    found: list[Line] = []
    for part, check in CHECKS.items():
        try:
            found += [Line(part, state, text) for state, text in check(now)]
        except DatabaseError:
            _log.exception("health: %s", part)
            found.append(
                Line(part, State.FAIL, "数据库没有应答：请检查数据库服务和 DATABASE_URL。")
            )
        except Exception:  # a broken part must not hide the others
            _log.exception("health: %s", part)
            found.append(Line(part, State.FAIL, "这一项检查不了，原因写在运行日志里。"))
    for ask in registries.health:
        found += ask(now)
    return found


Found = Iterable[tuple[State, str]]


def database(now: datetime) -> Found:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT current_setting('server_version'), pg_database_size(current_database())"
            )
            version, size = cursor.fetchone()
            yield State.OK, f"PostgreSQL {version.split()[0]}，大小 {_size(size)}。"
            return
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    path = Path(str(connection.settings_dict["NAME"]))
    size = path.stat().st_size if path.exists() else 0
    if mode != "wal":
        yield (
            State.WARN,
            f"SQLite（{path}），日志方式是 {mode}，不是 WAL：同时使用的人多时会互相等待。",
        )
        return
    wal = path.with_name(path.name + "-wal")
    behind = wal.stat().st_size if wal.exists() else 0
    yield State.OK, f"SQLite（{path}），大小 {_size(size)}，WAL 日志 {_size(behind)}。"


def key_files(now: datetime) -> Found:
    folder = Path(settings.KEYS_DIR)
    try:
        ring = keys()
    except VaultError as error:
        yield State.FAIL, str(error)
        return
    files = (ring.master_file, ring.index_file, folder / "secret_key")
    open_to_others = [path.name for path in files if path.exists() and path.stat().st_mode & 0o077]
    if open_to_others:
        listed = "、".join(open_to_others)
        yield State.WARN, f"{listed} 别的系统账号也能读：请执行 chmod 600（目录 {folder}）。"
    whole = DataKey.objects.filter(destroyed_at=None)
    for key in {key for key in (whole.order_by("pk").first(), whole.order_by("pk").last()) if key}:
        try:
            cipher_of(key)
        except VaultError as error:
            yield State.FAIL, f"密钥打不开已有的数据：{error}"
            return
    if not open_to_others:
        yield State.OK, f"密钥文件齐全，只有本账号可读，能打开已有的数据（{folder}）。"


def append_only(now: datetime) -> Found:
    absent = triggers.missing()
    if absent:
        listed = "、".join(absent[:3])
        yield (
            State.FAIL,
            (
                f"缺少 {len(absent)} 个防改触发器（{listed}等）：历史可能被改动。"
                "请运行 manage.py migrate，并查明原因。"
            ),
        )
    else:
        yield State.OK, "历史、变更和查看记录都有防改触发器，只能增加。"


def seals(now: datetime) -> Found:
    walk = SealCheck.objects.exclude(ended_at=None).order_by("-pk").first()
    link = ChainSeal.objects.order_by("-number").first()
    if walk is not None and walk.problems:
        first = walk.problems.splitlines()[0]
        yield State.FAIL, f"封存核对不符：{first}请看“封存校验”页，保留现场。"
    elif link is None:
        yield State.OK, "还没有封存：记录写入十分钟后由后台工作程序封存。"
    else:
        text = f"已封存 {link.number} 次，最近 {timezone.localtime(link.at):%Y-%m-%d %H:%M}"
        checked = (
            f"，上次核对 {timezone.localtime(walk.ended_at):%Y-%m-%d %H:%M} 全部相符"
            if walk
            else ""
        )
        yield State.OK, f"{text}{checked}。"


def disk(now: datetime) -> Found:
    usage = shutil.disk_usage(settings.VAR_DIR)
    free = usage.free / usage.total
    text = f"数据目录 {settings.VAR_DIR} 剩余 {_size(usage.free)}（{free:.0%}）"
    if free < _DISK_FAIL:
        yield State.FAIL, f"{text}，随时会写不进去：请立即清理或扩容。"
    elif free < _DISK_WARN:
        yield State.WARN, f"{text}，请尽快清理或扩容。"
    else:
        yield State.OK, f"{text}。"


def search_index(now: datetime) -> Found:
    count = behind()
    if count > _SEARCH_BEHIND:
        yield State.WARN, f"检索落后 {count} 条变更：新登记的内容可能暂时查不到。"
    else:
        yield State.OK, f"检索落后 {count} 条变更。"
    if silent():
        told = "检索查不到已经收录的内容：请运行 manage.py reindex_search --anew，重建之后再用。"
        yield State.FAIL, told
    if service := service_state():
        well, words = service
        yield State.OK if well else State.WARN, words


def work_calendar(now: datetime) -> Found:
    today = timezone.localdate(now)
    known = set(CalendarYear.objects.values_list("year", flat=True))
    if today.year not in known:
        yield (
            State.FAIL,
            (
                f"{today.year} 年节假日没有录入：期限按周一至周五计算，都是暂定。请在“组织与日历”中录入。"
            ),
        )
        return
    if today.month >= _LIMITS_REACH_NEXT_YEAR and today.year + 1 not in known:
        yield (
            State.WARN,
            (
                f"{today.year + 1} 年节假日还没录入，跨年的工作日期限暂按周一至周五计算。"
                "国务院办公厅通知发布后请录入。"
            ),
        )
        return
    yield State.OK, f"{today.year} 年节假日已录入。"


def worker(now: datetime) -> Found:
    job = Job.objects.filter(name="worker").first()
    if job is None or job.ran_at is None:
        yield State.WARN, "后台工作程序还没有运行过：请启动 manage.py work。"
    elif now - job.ran_at > _WORKER_LATE:
        state = State.FAIL if now - job.ran_at > _WORKER_GONE else State.WARN
        yield state, f"后台工作程序已 {_span(now - job.ran_at)} 没有动静：请检查 manage.py work。"
    else:
        yield State.OK, "后台工作程序在运行。"
    for broken in Job.objects.exclude(error="").order_by("name"):
        yield State.FAIL, f"“{broken.label or broken.name}”上次没有做成：{broken.error}"


def time_of_day(now: datetime) -> Found:
    if settings.TIME_ZONE != ZONE:
        yield State.FAIL, f"时区是 {settings.TIME_ZONE}，应为 {ZONE}：日期会算错。"
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        there = cursor.fetchone()[0]
    if isinstance(there, str):
        there = datetime.fromisoformat(there).replace(tzinfo=UTC)
    apart = abs(present() - there)
    if apart > _CLOCK_WARN:
        state = State.FAIL if apart > _CLOCK_FAIL else State.WARN
        yield state, f"本机与数据库的时钟相差 {_span(apart)}：请校准（NTP）。"
    else:
        yield State.OK, f"时钟一致，时区 {ZONE}，现在是 {timezone.localtime(now):%Y-%m-%d %H:%M}。"


def backup(now: datetime) -> Found:
    stamp = Path(settings.BACKUP_STAMP)
    if settings.DEMO:
        yield State.OK, "演示不做备份。"
    elif not stamp.exists():
        yield State.WARN, f"还没有备份过：备份完成后请更新文件 {stamp}。"
    else:
        made = datetime.fromtimestamp(stamp.stat().st_mtime, tz=UTC)
        text = f"上次备份 {timezone.localtime(made):%Y-%m-%d %H:%M}"
        if now - made > _BACKUP_OLD:
            yield State.WARN, f"{text}，已过 {_span(now - made)}：请检查备份任务。"
        else:
            yield State.OK, f"{text}。"


CHECKS: dict[str, Callable[[datetime], Any]] = {
    "数据库": database,
    "密钥": key_files,
    "防改": append_only,
    "封存": seals,
    "磁盘": disk,
    "检索": search_index,
    "工作日历": work_calendar,
    "后台工作": worker,
    "时钟": time_of_day,
    "备份": backup,
}


def _size(count: float) -> str:
    for unit in ("B", "KB", "MB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.1f} GB"


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} 分钟"
    hours = minutes // 60
    return f"{hours} 小时" if hours < 48 else f"{hours // 24} 天"
