"""`manage.py demo`: everything from an empty folder to a running site; again, it starts at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from casework.matters.demo import load_matters
from casework.matters.profiles import make_local_draft, make_national_profile
from cms.search_catch_up import catch_up
from cms.search_texts import kinds
from config.serving import refuse_taken_port, serve
from office import clock
from office.calendar import fill_from_library
from office.demo import PASSWORD, load_people, load_units, read
from office.grants import make_groups
from office.models import User
from office.search import index_changes
from office.vault import make_keys
from publications.demo import load_pages

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "演示站：建库、装入云湖街道的演示数据并启动"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示只在演示模式下运行：请用 make demo。")
        refuse_taken_port(HOST, settings.PORT)
        self.prepare()
        with running_mark(settings.VAR_DIR / "demo.pid"), worker():
            threading.Thread(target=self.announce, daemon=True).start()
            signal.signal(signal.SIGTERM, _interrupt)
            serve(HOST, settings.PORT, lambda: None)

    def prepare(self) -> None:
        """Bring the folder to the state the server needs; each step is quick when it was done."""
        started = time.monotonic()
        self.step("密钥", self.make_keys)
        first = "" if connection.introspection.table_names() else "（第一次要一两分钟）"
        self.step(f"数据库{first}", lambda: call_command("migrate", verbosity=0))
        self.step("角色与权限", make_groups)
        self.step("工作日历与规则", self.make_rules)
        if not User.objects.exists():
            self.step("装入演示数据（约一分钟）", self.load)
        self.step("检索", self.index)
        self.step("页面样式", self.collect_static)
        self.stdout.write(f"准备完毕，用时 {time.monotonic() - started:.0f} 秒")

    def step(self, label: str, act: Any) -> None:
        self.stdout.write(f"→ {label} …")
        self.stdout.flush()
        act()

    def make_keys(self) -> None:
        make_keys(Path(settings.KEYS_DIR))
        # On the very first run the settings were read before the file existed.
        settings.SECRET_KEY = (Path(settings.KEYS_DIR) / "secret_key").read_text().strip()

    def make_rules(self) -> None:
        fill_from_library()
        make_national_profile()
        make_local_draft()

    @transaction.atomic
    def load(self) -> None:
        """All of the demo or nothing: an interrupted load begins anew the next time."""
        now = clock.now()
        units = load_units()
        people = load_people(units, self.stdout.write)
        load_pages(user=people["editor"], now=now)
        load_matters(units, people, now, self.stdout.write)

    def index(self) -> None:
        """Records by their changes; pages and files whose entry is missing, as after an upgrade."""
        index_changes(most=10**9)
        for kind in kinds():
            catch_up(kind, clock.now())

    def collect_static(self) -> None:
        """Collected anew when a package or a file of ours changed since the last time."""
        mark = settings.VAR_DIR / "static.mark"
        wanted = _static_state()
        if not mark.exists() or mark.read_text() != wanted:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            mark.write_text(wanted)

    def announce(self) -> None:
        """Print the accounts once the site answers."""
        address = f"http://{HOST}:{settings.PORT}/"
        for _ in range(600):
            try:
                with urlopen(address, timeout=60):
                    break
            except URLError:
                time.sleep(0.1)
        self.stdout.write(f"\n演示账号（密码都是 {PASSWORD}，后台地址 {address}admin/）：")
        for row in read("people.json"):
            self.stdout.write(
                f"  {row['username']:<12}{row['name']}　{row['title']}：{row['shows']}"
            )
        self.stdout.write(f"\nREADY {address}")
        self.stdout.flush()


def _static_state() -> str:
    """Changes whenever the files to collect may have changed."""
    root = settings.BASE_DIR
    ours = [path for path in root.glob("**/static/**/*.*") if ".venv" not in path.parts]
    stamps = sorted(
        f"{path.relative_to(root)} {path.stat().st_mtime_ns}"
        for path in ours
        if not path.is_relative_to(settings.VAR_DIR)
    )
    return "\n".join([(root / "requirements.txt").read_text(), *stamps])


@contextmanager
def running_mark(path: Path) -> Iterator[None]:
    """The process id in a file while the demo runs, so that `make demo-reset` can refuse."""
    path.write_text(str(os.getpid()))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def worker() -> Iterator[None]:
    """The background worker beside the server; it ends with it."""
    process = subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "work"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _interrupt(*args: Any) -> None:
    raise KeyboardInterrupt
