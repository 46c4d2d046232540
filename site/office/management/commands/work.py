"""`manage.py work`: the worker. Several may run; a job is done by one of them at a time."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from office.tasking.lanes import work_once, work_until


class Command(BaseCommand):
    help = "后台工作：到点的事项和排队的任务（可以同时开几个），收到 SIGTERM 后做完手头的再停"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="把到点的事项做一遍就结束")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write("已完成：" + ("、".join(work_once()) or "没有到点的事项"))
            return
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("后台工作程序已启动（Ctrl+C 停止）")
        self.stdout.flush()
        work_until(stop)
        self.stdout.write("后台工作程序已停止")
