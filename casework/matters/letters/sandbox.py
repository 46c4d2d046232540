"""The language of templates: values, conditions and lists, and nothing else.

No calls, no filters, no comparisons, no attributes of attributes, no macros, no includes, no list within
a list: a template can neither reach into the program nor keep it busy, nor say to one person what no
sample shows. It holds for whatever is compiled, wherever in a file it stands
(text boxes, footnotes, properties), when a template is checked and when a letter is made.
"""

from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If,
    nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip


class NotAllowed(TemplateSyntaxError):
    """A template asks for more than values, conditions and lists; `lineno` says where."""


class _Environment(ImmutableSandboxedEnvironment):
    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED) or _reaches(node):
                raise NotAllowed("not allowed", node.lineno)
        return tree


def _reaches(node: Any) -> bool:
    """A part of a part, or a loop within a loop, that calls itself or counts over anything but a list by
    name.
    """
    if isinstance(node, nodes.Getattr):
        return not isinstance(node.node, nodes.Name) or node.attr.startswith("_")
    if isinstance(node, nodes.For):
        plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
        nested = any(node.find_all(nodes.For))
        return not plain or nested or node.recursive or node.test is not None
    return False


def environment() -> ImmutableSandboxedEnvironment:
    """The Jinja environment of all templates: a sandbox without functions, filters or files."""
    found = _Environment(undefined=StrictUndefined, autoescape=True)
    found.globals.clear()
    found.filters.clear()
    found.tests.clear()
    return found
