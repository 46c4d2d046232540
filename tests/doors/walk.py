"""Every address under /admin/, found from the URL configuration itself, with sample keys filled in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver


@dataclass(frozen=True)
class Door:
    """One address: its full name, the route with its parameters, and the names of those."""

    name: str
    route: str
    parameters: tuple[str, ...] = field(default=())


def doors(prefix: str = "admin/") -> list[Door]:
    """All named and unnamed addresses below `prefix`."""
    return [door for door in _walk(get_resolver(), "", "") if door.route.startswith(prefix)]


def _walk(resolver: URLResolver, route: str, space: str) -> Iterator[Door]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (space, entry.namespace) if part)
            yield from _walk(entry, here, inner)
        elif isinstance(entry, URLPattern):
            name = ":".join(part for part in (space, entry.name or here) if part)
            yield Door(name, here, tuple(_parameters(here, entry)))


def _parameters(route: str, entry: URLPattern) -> list[str]:
    found = [part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]]
    return [name.removeprefix("?P") for name in found if name]


def address(door: Door, keys: dict[str, Any]) -> str:
    """The address with its parameters filled in from `keys` ("space:parameter" before "parameter")."""
    space = door.name.rpartition(":")[0]
    out = door.route
    for name in door.parameters:
        value = keys.get(f"{door.name}:{name}", keys.get(f"{space}:{name}", keys.get(name)))
        if value is None:
            raise LookupError(f"{door.name}: no sample for {name}")
        out = _fill(out, name, str(value))
    return "/" + out.replace("^", "").replace("$", "").replace("\\.", ".").replace("\\Z", "")


def _fill(route: str, name: str, value: str) -> str:
    start = route.index("<")
    if route[start - 3 : start] == "(?P":  # a regular expression's group: up to its bracket
        end, depth = start, 1
        while depth:
            depth += {"(": 1, ")": -1}.get(route[end], 0)
            end += 1
        return route[: start - 3] + value + route[end:]
    return route[:start] + value + route[route.index(">") + 1 :]
