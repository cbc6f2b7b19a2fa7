"""What kinds of facts are called: gathered from the rules of every room that is installed, none of them known by name."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType

from django.apps import apps

RULES = "rules"
ENDING = "Fact"


@cache
def kinds_told() -> Mapping[str, str]:
    """Every declared kind of fact by its stored word, with its Chinese."""
    found = {
        str(kind.value): str(kind.label)  # type: ignore[attr-defined]
        for module in _rules() for name, enum in vars(module).items()
        if name.endswith(ENDING) and isinstance(enum, type) and issubclass(enum, Enum) and enum.__module__ == module.__name__
        for kind in enum
    }
    return MappingProxyType(found)


def _rules() -> Iterator[ModuleType]:
    for room in apps.get_app_configs():
        for found in pkgutil.iter_modules([room.path], f"{room.name}."):
            if found.name == f"{room.name}.{RULES}":
                rules = import_module(found.name)
                yield rules
                for part in pkgutil.walk_packages(getattr(rules, "__path__", ()), f"{found.name}."):
                    yield import_module(part.name)
