"""The laws of the house that imports do not show, as plain functions from what is there to sentences about breaches."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import models

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "zhitong"
DOMAIN = SOURCE / "domain"


def rooms() -> list[str]:
    """The rooms from the lowest up, as the import contract orders them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [each for each in settings["tool"]["importlinter"]["contracts"] if each["id"] == "rooms"]
    return [layer.strip("()") for layer in reversed(contract["layers"])]


def room_of(module: str) -> str | None:
    """The room a module belongs to; None for what is not ours to order."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["zhitong", "domain"] and len(parts) > 2 else None


def keys_that_break_the_order(kept: Iterable[type[models.Model]], order: list[str]) -> list[str]:
    """Foreign keys that point up, and keys across rooms that give the room below a way back up."""
    return [
        f"{model._meta.label}.{field.name}: {fault}"
        for model in kept
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and (fault := _fault_of_key(model, field, order))
    ]


def _fault_of_key(model: type[models.Model], field: Any, order: list[str]) -> str | None:
    here, there = room_of(model.__module__), room_of(field.related_model.__module__)
    if here is None or there is None or here == there:
        return None
    if order.index(there) > order.index(here):
        return f"points up, from {here} to {there}"
    if not field.remote_field.hidden:
        return f'crosses from {here} to {there} without related_name="+"'
    return None


def tables_out_of_order(kept: Iterable[type[models.Model]]) -> list[str]:
    """Tables that do not carry the name of their room: `<room>_<thing>`."""
    return [
        f"{model._meta.label}: {model._meta.db_table}"
        for model in kept
        if (room := room_of(model.__module__)) and not model._meta.db_table.startswith(f"{room}_")
    ]


def signals_used(source: str) -> list[str]:
    """Imports of Django's signals: a room calls the room below, or leaves a fact; it does not listen at doors."""
    return [
        name
        for name in _imported(ast.parse(source))
        if name.startswith("django.dispatch") or ".signals" in name or name.endswith("signals")
    ]


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tables_named(source: str, order: list[str]) -> set[str]:
    """Names like `<room>_<thing>` in the texts of a Python file, where SQL lives; docstrings do not count."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    )
    return tables_in_sql("\n".join(texts), order)


def tables_in_sql(text: str, order: list[str]) -> set[str]:
    """Names like `<room>_<thing>` in a text."""
    return set(re.findall(rf"\b(?:{'|'.join(order)})_[a-z_]+", text))


def sql_that_looks_up(room: str, tables: Iterable[str], order: list[str]) -> list[str]:
    """Tables of rooms above `room` among those its SQL names."""
    above = order[order.index(room) + 1 :]
    return sorted(table for table in tables if table.startswith(tuple(f"{name}_" for name in above)))
