"""Where rooms tell the kernel what it may not import: filled in each `AppConfig.ready`."""

from collections.abc import Callable
from typing import Any

#: functions (user) -> list[str]: open work of a person, in words, that must be handed over first
open_work: list[Callable[[Any], list[str]]] = []

#: functions (request) -> list of components for the admin's home page
home_panels: list[Callable[[Any], list[Any]]] = []

#: kind ("matters.matter") -> function (user, ids) -> {id: url} of records the user may open
record_links: dict[str, Callable[[Any, list[int]], dict[int, str]]] = {}

#: (name, label, seconds between runs, function (now) -> None): work that may wait
jobs: list[tuple[str, str, int, Callable[[Any], Any]]] = []

#: kind → function (ids) -> {id: text} of what may be searched; an id left out is not findable
searchable: dict[str, Callable[[list[int]], dict[int, str]]] = {}

#: functions (now) -> list of office.health.Line: further lines of the health page
health: list[Callable[[Any], list[Any]]] = []
