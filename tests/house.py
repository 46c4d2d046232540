"""How the house rules read the code: each function takes a syntax tree and gives what breaks its rule.

Findings are (line, what) pairs. They read the tree and not the text, so a comment never breaks a rule
and a line break never hides a breach.
"""

import ast
import re
from collections.abc import Iterator

Finding = tuple[int, str]
Function = ast.FunctionDef | ast.AsyncFunctionDef

# Writes that leave no history row behind.
BULK = {"bulk_create", "bulk_update", "abulk_create", "abulk_update", "_raw_delete"}
WRITING_SQL = re.compile(r"\s*(UPDATE|DELETE|INSERT|REPLACE|TRUNCATE)\b", re.IGNORECASE)
# The present moment, by whatever name it is asked for.
NOW = {
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "timezone": {"now", "localdate"},
    "time": {"time"},
    "clock": {"now", "today"},
}
# Where a person's read may begin: visible_to, and its cut into querysets that one index each serves.
SCOPED = {"visible_to", "branches_for"}
LATER_SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute chain; calls and subscripts inside it are looked through."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case ast.Call(func=value) | ast.Subscript(value=value) | ast.Await(value=value):
            return dotted(value)
        case _:
            return ""


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last word of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield node, dotted(node.func).rpartition(".")[2]


def long_functions(tree: ast.AST, limit: int) -> list[Finding]:
    """Functions of more than `limit` lines, the first line and the last one counted."""
    return [
        (node.lineno, f"{node.name} has {length} lines")
        for node in ast.walk(tree)
        if isinstance(node, Function)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > limit
    ]


def starts_with_writing_sql(node: ast.AST) -> bool:
    text = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return (
        isinstance(text, ast.Constant)
        and isinstance(text.value, str)
        and bool(WRITING_SQL.match(text.value))
    )


def writes_past_history(tree: ast.AST) -> list[Finding]:
    """Writes that no history row follows: `rows.update(a=1)`, bulk_*, `.delete()`, writing SQL.

    An update of a dict or a digest has a positional argument, of rows it never has; a delete in a
    store has one, of rows it never has.
    """
    found = []
    for node, word in calls(tree):
        rows = isinstance(node.func, ast.Attribute) and not node.args
        if (
            word in BULK
            or (rows and word in {"update", "aupdate"} and node.keywords)
            or (rows and word in {"delete", "adelete"} and not node.keywords)
        ):
            found.append((node.lineno, f"{dotted(node.func)}()"))
        elif word in {"execute", "executemany"} and any(
            map(starts_with_writing_sql, node.args[:1])
        ):
            found.append((node.lineno, "SQL that writes"))
    return found


def hidden_clocks(tree: ast.AST) -> list[Finding]:
    """The present moment taken instead of given: `date.today()`, `default=timezone.now`, Now()."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = dotted(node.value).rpartition(".")[2]
            if node.attr in NOW.get(owner, ()):
                found.append((node.lineno, f"{owner}.{node.attr}"))
        elif isinstance(node, ast.Call) and dotted(node.func) in {"Now", "functions.Now"}:
            found.append((node.lineno, "Now()"))
    return found


def unscoped_reads(tree: ast.AST, public: set[str]) -> list[Finding]:
    """`Model.objects.<x>` where x is not one of SCOPED, and get_object_or_404(Model, …).

    public: names of models whose rows everybody inside may see.
    """
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(
                value=ast.Attribute(attr="objects" | "_default_manager", value=model), attr=word
            ) if word not in SCOPED and dotted(model).rpartition(".")[2] not in public:
                found.append((node.lineno, f"{dotted(model)}.objects.{word}"))
            case ast.Call(func=function, args=[ast.Name() | ast.Attribute() as first, *_]) if (
                dotted(function).rpartition(".")[2] in {"get_object_or_404", "get_list_or_404"}
            ):
                name = dotted(first).rpartition(".")[2]
                if name not in public and (name[:1].isupper() or name == "objects"):
                    found.append((node.lineno, f"{dotted(function)}({dotted(first)})"))
    return found


def states_written(tree: ast.AST) -> list[Finding]:
    """Assignments to `.state` outside a function called move."""
    found: list[Finding] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, Function) and node.name in {"move", "_move"}:
            return
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            for part in ast.walk(target) if target is not None else ():
                if isinstance(part, ast.Attribute) and part.attr == "state":
                    found.append((part.lineno, f"{dotted(part)} = …"))
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(tree)
    return found


def signals_of_ours(tree: ast.AST) -> list[Finding]:
    """Imports of the signals that would sit between a writer and its effects."""
    return [
        (node.lineno, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals"
        for alias in node.names
        if alias.name in LATER_SIGNALS
    ]


def one_way_migrations(tree: ast.AST) -> list[Finding]:
    """RunPython and RunSQL without a way back."""
    return [
        (node.lineno, word)
        for node, word in calls(tree)
        if word in {"RunPython", "RunSQL"}
        and len(node.args) < 2
        and not {"reverse_code", "reverse_sql"} & {keyword.arg for keyword in node.keywords}
    ]


def mocks(tree: ast.AST) -> list[Finding]:
    """Imports of mock libraries."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found += [(node.lineno, name) for name in names if name in {"mock", "unittest.mock"}]
    return found


def promises(tree: ast.AST) -> list[Finding]:
    """`raise NotImplementedError`: a function that is not there yet."""
    return [
        (node.lineno, "raise NotImplementedError")
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and node.exc and "NotImplemented" in dotted(node.exc)
    ]
