"""The English texts of the installed packages, read from their own Python and templates.

Read from the sources, because not every package ships an English catalogue. An app that is not
installed is left out, as Django loads none of its texts.
"""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import django
import polib
import treebeard
from django.apps import apps
from django.forms import BaseForm
from django.forms.utils import pretty_name
from django.utils.translation.template import templatize

PACKAGES = Path(django.__file__).parents[1]
# Libraries whose texts reach a reader although they are no installed app.
LIBRARIES = (Path(django.__file__).parent, Path(treebeard.__file__).parent)
# Not for a reader of pages: what tests, commands and migrations say, and names of languages.
UNREAD = {"tests", "test", "management", "migrations", "locale", "static"}
UNREAD_FILES = {"global_settings.py"}

# What the arguments of each function are: c context, s text, p text for many.
FUNCTIONS = {
    "_": "s",
    "gettext": "s",
    "gettext_lazy": "s",
    "gettext_noop": "s",
    "ngettext": "sp",
    "ngettext_lazy": "sp",
    "pgettext": "cs",
    "pgettext_lazy": "cs",
    "npgettext": "csp",
    "npgettext_lazy": "csp",
}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"(?<![\w.])(n?p?gettext|_)\(({LITERAL}(?:,\s*{LITERAL})*)")


class Text(NamedTuple):
    """context and plural are empty where a text has none."""

    text: str
    context: str = ""
    plural: str = ""


def made(function: str, arguments: list[str | None]) -> Iterator[Text]:
    """The text of one call; nothing where an argument is not written out."""
    kinds = FUNCTIONS[function]
    if len(arguments) < len(kinds) or None in arguments[: len(kinds)]:
        return
    given = dict(zip(kinds, arguments, strict=False))
    if given["s"]:
        yield Text(given["s"], given.get("c") or "", given.get("p") or "")


def literal(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = literal(node.left), literal(node.right)
        return None if left is None or right is None else left + right
    return None


def in_python(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if called in FUNCTIONS:
                yield from made(called, [literal(argument) for argument in node.args])


def in_template(source: str) -> Iterator[Text]:
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        yield from made(call[1], list(ast.literal_eval(f"({call[2]},)")))


def roots() -> list[Path]:
    """Folders to read: the installed apps of packages, and the libraries."""
    paths = [Path(config.path) for config in apps.get_app_configs()]
    return [path for path in paths if PACKAGES in path.parents] + list(LIBRARIES)


def read_by_people(path: Path, root: Path) -> bool:
    folders = path.relative_to(root).parts[:-1]
    return (
        not UNREAD & set(folders)
        and not any(folder.endswith("_template") for folder in folders)
        and path.name not in UNREAD_FILES
    )


def of_an_absent_app(path: Path, root: Path) -> bool:
    """True for files of an app below `root` that is not installed, such as a `contrib` one."""
    installed = {Path(config.path) for config in apps.get_app_configs()}
    between = [folder for folder in path.parents if root in folder.parents]
    return any((folder / "apps.py").exists() and folder not in installed for folder in between)


@cache
def english() -> dict[Text, str]:
    """Every text of the installed packages, with the file it was first found in."""
    found: dict[Text, str] = {}
    for root in roots():
        for path in sorted([*root.rglob("*.py"), *root.rglob("templates/**/*.*")]):
            readers = {".py": in_python, ".html": in_template, ".txt": in_template}
            read = readers.get(path.suffix)
            if read and read_by_people(path, root) and not of_an_absent_app(path, root):
                for text in read(path.read_text(encoding="utf-8")):
                    found.setdefault(text, path.relative_to(PACKAGES).as_posix())
    return found


@cache
def english_of_scripts() -> dict[Text, str]:
    """The same for the scripts of the back office, from the English catalogues beside them."""
    found: dict[Text, str] = {}
    for root in roots():
        for path in root.glob("locale/en/LC_MESSAGES/djangojs.po"):
            for entry in polib.pofile(str(path)):
                text = Text(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")
                found.setdefault(text, path.relative_to(PACKAGES).as_posix())
    return found


def form_classes() -> Iterator[type[BaseForm]]:
    """The forms written in Wagtail's modules named for forms or for bulk actions."""
    for path in sorted(PACKAGES.glob("wagtail/**/*.py")):
        name = path.relative_to(PACKAGES).with_suffix("").as_posix().replace("/", ".")
        if not re.search(r"\bforms\b|\bbulk_actions\b", name):
            continue
        root = PACKAGES / "wagtail"
        if read_by_people(path, root) and not of_an_absent_app(path, root):
            module = importlib.import_module(name.removesuffix(".__init__"))
            for _, member in inspect.getmembers(module, inspect.isclass):
                if issubclass(member, BaseForm) and member.__module__ == module.__name__:
                    yield member


def labels_of_forms() -> dict[str, str]:
    """`Form.field` to what stands beside the field; without a label that is its own English name."""
    return {
        f"{form.__name__}.{name}": f"{field.label or pretty_name(name)} {field.help_text}".strip()
        for form in form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
    }
