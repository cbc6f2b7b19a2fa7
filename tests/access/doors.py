"""Every door there is: the addresses of the web, the operations of the API, the sets of OData; and what each declares.

`declared.tsv` says of every door what it owes whoever asks; a door that is not in it fails the suite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from zhitong.api.v1 import api
from zhitong.domain.opendata.rules.sets import SETS

DECLARED = Path(__file__).with_name("declared.tsv")
WEB, API, ODATA = "web", "api", "odata"
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)\}")


class Scope(Enum):
    """What a door owes."""

    OPEN = "open"
    """It answers nobody too: signing in, a link in the hand, whether the house stands."""
    EVERYBODY = "everybody"
    """What it shows is everybody's who is signed in: the plan, the standing order, rules, forms to begin with."""
    OWN = "own"
    """The viewer's own: his account, his unit's messages and drafts."""
    LISTED = "listed"
    """Rows, counts and files of things, through the scope of each."""
    THING = "thing"
    """One thing that its address names: its words for whoever sees it, 404 for everybody else."""
    ACT = "act"
    """It only does something; whoever does not see the thing finds none."""


@dataclass(frozen=True, slots=True, order=True)
class Door:
    """One address: through which door of the house, how it is asked, its pattern."""

    floor: str
    method: str
    pattern: str

    @property
    def name(self) -> str:
        """What the table of declarations calls it."""
        return f"{self.floor} {self.method} {self.pattern}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in its pattern, in their order."""
        return tuple(first or second for first, second in _PARAMETER.findall(self.pattern))

    def address(self, values: dict[str, str]) -> str:
        """The address with its parameters filled."""
        place = {WEB: "/", API: "/api/v1", ODATA: "/odata/v4/"}[self.floor]
        return place + _PARAMETER.sub(lambda found: values[found[1] or found[2]], self.pattern)


@cache
def doors() -> tuple[Door, ...]:
    """All of them, each once."""
    web = (Door(WEB, "GET", pattern) for pattern, _one in _patterns(get_resolver()) if not pattern.startswith(("api/", "odata/")))
    operations: dict[str, Any] = api.get_openapi_schema(path_prefix="/")["paths"]
    offered = (Door(API, method.upper(), path) for path, methods in operations.items() for method in methods)
    fed = (Door(ODATA, "GET", name) for name in ("", "$metadata", *SETS))
    return tuple(sorted({*web, *offered, *fed}))


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, here)
        else:
            yield here, one


@cache
def declarations() -> dict[str, Scope]:
    """What is declared, by the name of the door."""
    lines = (line.split("\t") for line in DECLARED.read_text(encoding="utf-8").splitlines() if line)
    return {name: Scope(scope) for name, scope in lines}


def declared(door: Door) -> Scope:
    """What a door declares."""
    return declarations()[door.name]
