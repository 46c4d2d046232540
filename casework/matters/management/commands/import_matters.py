"""`manage.py import_matters FILE`: a real ledger comes in; run again, it adds nothing twice."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from casework.matters.ledgers import jobs, naming, opening, spooling
from casework.matters.ledgers.opening import Ledger, Trial
from casework.matters.models import ImportJob, LedgerLayout
from office import private_files
from office.clock import today
from office.history import acting
from office.sheets.problems import Problem
from office.sheets.reading import LARGE, Book, Sheet, SheetError, content
from office.vault import VaultError, new_data_key

_SHOWN = 50


class Refused(Exception):
    """The import cannot be done; `str()` is the Chinese sentence that says why and what to do."""


def _names(sheets: list[Sheet]) -> str:
    return "、".join(sheet.name for sheet in sheets)


class Command(BaseCommand):
    help = "导入信访台账（.xlsx、.xls、.et、.ods、.csv）；同一个文件可以重复导入，不会重复登记"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", metavar="FILE", help="台账文件")
        parser.add_argument(
            "--layout", default="", metavar="NAME", help="用哪个保存过的版式对应各列"
        )
        parser.add_argument(
            "--sheet", default="", metavar="NAME", help="工作表名称；只有一张可不写"
        )
        parser.add_argument(
            "--source", default="", help="来源名称；不写则用版式的来源，再没有就记“未注明来源”"
        )
        parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
        parser.add_argument(
            "--report", default="", metavar="FILE.xlsx", help="带“错误”列的副本写到哪里"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with acting(None, "台账导入（命令）"):
                self._import(options)
        except ValidationError as error:
            self._refuse("；".join(error.messages))
        except (Refused, SheetError, VaultError) as error:
            self._refuse(str(error))
        except jobs.Overtaken:
            self._refuse(
                "同一个文件又由另一个命令开始导入，这一个先停下：等那一个完成即可，不会重复登记。"
            )
        except DatabaseError as error:
            self._refuse(
                f"数据库没有准备好，或者正忙：请先运行 manage.py migrate，再试一次（{error}）。"
            )

    def _refuse(self, why: str) -> None:
        self.stderr.write(why)
        sys.exit(1)

    def _import(self, options: dict[str, Any]) -> None:
        path = Path(options["file"])
        self.file = path.name
        data = content(path, LARGE)
        layout = self._layout(options["layout"])
        with self._rows(data) as book:
            self._bring(data, book, layout, options)

    @contextmanager
    def _rows(self, data: bytes) -> Iterator[Book]:
        """The file's sheets, as encrypted rows that lie on the disk while they are needed."""
        key = new_data_key()
        path = spooling.read_in(data, self.file, key, LARGE)
        try:
            yield spooling.opened(path, key, self.file)
        finally:
            private_files.remove(path)

    def _bring(
        self, data: bytes, book: Book, layout: LedgerLayout | None, options: dict[str, Any]
    ) -> None:
        source = options["source"] or (layout.mapping.get("source") if layout else "")
        about = {"source": (source or naming.NO_SOURCE)[:60]}
        job_options = {"layout": options["layout"], "command": True}
        job_options["origin"] = naming.origin(self.file)
        sheet = self._sheet(book, options["sheet"], bool(layout))
        if options["dry_run"]:
            job = ImportJob(sheet=sheet, options=job_options, **about)
            ledger = self._checked(Ledger.open(job, book))
            trial = ledger.trial(None, today(), most=sys.maxsize)
            self._tell(ledger, trial, options["report"])
            return
        self._drop_unfinished(self.file)
        ledger = self._checked(
            Ledger.open(ImportJob(sheet=sheet, options=job_options, **about), book)
        )
        ledger.job = jobs.create(data, self.file, by=None, options=job_options, keep=False, **about)
        job = jobs.begin(ledger)
        job = jobs.run(ledger, None)
        counts = {name: getattr(job, name) for name in ("added", "updated", "skipped", "failed")}
        found = Trial(counts, jobs.problems(job), jobs.notes(job), job.rows)
        self._tell(ledger, found, options["report"])

    def _layout(self, name: str) -> LedgerLayout | None:
        if not name:
            return None
        row = LedgerLayout.objects.filter(name=name).first()
        if row is None:
            names = "、".join(LedgerLayout.objects.values_list("name", flat=True))
            raise Refused(
                f"没有叫“{name}”的版式。" + (f"现有：{names}。" if names else "还没有保存过版式。")
            )
        return row

    def _sheet(self, book: Book, wanted: str, by_layout: bool) -> str:
        """The sheet to read. Raises Refused when the person has to say which one."""
        if wanted:
            if wanted not in {sheet.name for sheet in book.sheets}:
                raise Refused(f"没有叫“{wanted}”的工作表。这个文件有：{_names(book.filled)}。")
            return wanted
        fitting = book.filled if by_layout else opening.sheets_that_fit(book)
        if len(fitting) > 1:
            raise Refused(f"有几张工作表可以导入：{_names(fitting)}。请用 --sheet 指定一张。")
        return opening.sheet_of(book, fitting[0].name if fitting else "").name

    def _checked(self, ledger: Ledger) -> Ledger:
        if gaps := ledger.missing:
            headings = "、".join(column.heading for column in ledger.mapping.columns[:12])
            raise Refused(
                f"没有认出必需的列：{'、'.join(gaps)}。工作表“{ledger.sheet.name}”的标题是：{headings}。"
                "请检查是不是选错了文件或工作表；也可以在后台“导入台账”里选定各列、存成版式，再用 --layout。"
            )
        return ledger

    def _drop_unfinished(self, name: str) -> None:
        """A run of this command that was killed is begun anew: what came in stays, nothing doubles."""
        for job in ImportJob.objects.filter(state=ImportJob.State.RUNNING):
            if job.options.get("command") and naming.file_name(job) == name:
                jobs.drop(job)
                self.stdout.write(
                    f"上次导入中断在第 {job.done_to} 行，现在从头核对：已有的会跳过。"
                )

    def _tell(self, ledger: Ledger, trial: Trial, report: str) -> None:
        """Problems by cell, the report, and last of all the counts."""
        for problem in trial.problems[:_SHOWN]:
            self.stdout.write(str(problem))
        if len(trial.problems) > _SHOWN:
            self.stdout.write(f"……还有 {len(trial.problems) - _SHOWN} 处，用 --report 可得到全部。")
        for note in [note for note in trial.notes if note.heading][:_SHOWN]:
            self.stdout.write(str(note))
        if report:
            self._write_report(ledger, trial.problems, report)
        counts = trial.counts
        self.stdout.write(
            f"读取 {trial.rows} 行：新增 {counts['added']}，更新 {counts['updated']}，"
            f"跳过 {counts['skipped']}，错误 {counts['failed']}"
        )

    def _write_report(self, ledger: Ledger, problems: list[Problem], report: str) -> None:
        try:
            Path(report).write_bytes(jobs.copy_with_errors(ledger, problems))
            Path(report).chmod(0o600)
        except OSError as error:
            raise Refused(
                f"错误副本写不到 {report}：{error.strerror}。数据已处理，请换个位置再运行。"
            ) from error
        stem = naming.stem(self.file)
        again = f"文件名请用“{stem}-错误.xlsx”" if ledger.job.source == naming.NO_SOURCE else ""
        again = again or f"请加 --source {ledger.job.source}"
        self.stdout.write(f"带“错误”列的副本：{report}。改好后再导入时{again}，已有的行会跳过。")
