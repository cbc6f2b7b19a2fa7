"""Making kept rows those that are wanted: what a package says becomes rows, and saying it again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a loading made, changed and removed (or ended)."""

    created: int = 0
    changed: int = 0
    removed: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.created + other.created, self.changed + other.changed, self.removed + other.removed)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)


def keep(
    kept: models.QuerySet[Any], key: Sequence[str], wanted: Mapping[Key, Mapping[str, Any]], *, sweep: bool = True,
) -> tuple[dict[Key, UUID], Loaded]:
    """Make the kept rows those that are wanted, in four statements at most; returns ids by key, and what has changed.

    Without `sweep` rows that are not wanted stay.
    """
    rows = kept.model._default_manager
    have = {tuple(getattr(row, name) for name in key): row for row in kept}
    gone = [row.pk for at, row in have.items() if sweep and at not in wanted]
    changed = [row for at, row in have.items() if at in wanted and _take(row, wanted[at])]
    new = [kept.model(**dict(zip(key, at, strict=True)), **wanted[at]) for at in wanted if at not in have]
    if gone:
        rows.filter(pk__in=gone).delete()
    if changed:
        rows.bulk_update(changed, list(next(iter(wanted.values()))), batch_size=500)
    if new:
        rows.bulk_create(new, batch_size=1000)
    ids = {at: row.pk for at, row in have.items() if at in wanted}
    ids |= {tuple(getattr(row, name) for name in key): row.pk for row in new}
    return ids, Loaded(len(new), len(changed), len(gone))


def _take(row: models.Model, values: Mapping[str, Any]) -> bool:
    """Give a row its values; whether one of them was another."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
