"""`manage.py rotate_keys`: a new master key while people work; `--retire` takes the old ones out."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from office import rotating
from office.history import acting
from office.models import DataKey, User
from office.vault import VaultError, keys

_RETIRED = (
    "旧的主密钥已移到密钥文件夹的 master.<名称>.retired.json。它只用来读轮换以前的备份："
    "请移到保管旧备份密钥的地方，最后一份旧备份销毁时一并销毁。"
)


class Command(BaseCommand):
    help = "轮换主密钥：不停机，可重复运行（中断后再运行一次，接着做完）"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--by", default="", help="办理人的登录名，记入变更审计")
        way = parser.add_mutually_exclusive_group()
        way.add_argument(
            "--prepare", action="store_true", help="只生成新密钥，暂不启用（多台机器先复制文件）"
        )
        way.add_argument("--retire", action="store_true", help="旧密钥没有数据再用时，移出密钥文件")
        way.add_argument("--bring-back", metavar="文件", help="放回退役的主密钥，用来读旧备份")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(username=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"没有登录名 {options['by']}。")
        try:
            with acting(by, "轮换主密钥"):
                self.carry_out(options)
        except VaultError as error:
            raise CommandError(str(error)) from error

    def carry_out(self, options: dict[str, Any]) -> None:
        if options["prepare"]:
            name = rotating.waiting() or rotating.add(use=False)
            self.stdout.write(
                f"已准备主密钥 {name}。复制 master.json 到各台机器后，再运行 rotate_keys。"
            )
        elif options["retire"]:
            rotating.rewrap_all()  # what was begun before the rotation and saved after it
            names = rotating.retire()
            self.stdout.write(
                f"已退役：{'、'.join(names)}。{_RETIRED}" if names else "没有旧的主密钥。"
            )
        elif options["bring_back"]:
            names = rotating.bring_back(Path(options["bring_back"]))
            self.stdout.write(f"已放回主密钥 {'、'.join(names)}。")
        else:
            self.rotate()

    def rotate(self) -> None:
        """Finish a rotation that was interrupted; else begin a new one."""
        unfinished = Q(destroyed_at=None) & ~Q(master=keys().current)
        if name := rotating.waiting():
            rotating.use_key(name)
        elif DataKey.objects.filter(unfinished).exists():
            self.stdout.write("接着做完上次的轮换。")
        else:
            name = rotating.add()
        if name:
            self.stdout.write(f"新的主密钥 {name} 已启用。请马上备份密钥文件夹。")
        done = rotating.rewrap_all(
            lambda count: self.stdout.write(f"  已重新包裹 {count} 个数据密钥")
        )
        self.stdout.write(f"轮换完成，共 {done} 个。不再需要旧密钥时运行 rotate_keys --retire。")
