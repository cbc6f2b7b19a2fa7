"""Fields of models whose values are kept sealed: a row opens its own when it is asked, and not before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from zhitong.kit.sealing.values import Stored, digest, is_sealed, opened, place, seal


class _Opening(DeferredAttribute):
    """Gives a row's sealed value opened; what is given to the row stands open until it is written."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        return opened(value, at(self.field, instance.pk)) if isinstance(value, Stored) else value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


def at(field: Any, row: Any) -> str:
    """The place of a field's value in a row."""
    return place(field.model._meta.db_table, field.column, row)


class SealedText(models.TextField):  # type: ignore[type-arg]
    """A text that is kept sealed under the installation's key, bound to its table, column and row.

    Rows are written by saving, bulk_create, or kit.rows; an update of a queryset cannot seal, for it knows no row, and
    is refused. A query of values yields the value as it is kept: `opened_value` opens it.
    """

    descriptor_class = _Opening
    seals = True

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        """What the column keeps, marked as sealed where it is."""
        return Stored(value) if value is not None and is_sealed(value) else value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """The value sealed for its row; one that was only read is written back as it was."""
        value = model_instance.__dict__.get(self.attname, "")
        return value if isinstance(value, Stored) else Stored(seal(value or "", at(self, model_instance.pk)))

    def get_prep_value(self, value: Any) -> Any:
        """Refuses a value that was not sealed for its row: neither is it written so, nor would a search find it."""
        if value and not isinstance(value, Stored):
            raise TypeError(f"{self.model.__name__}.{self.name} is sealed row by row: save rows, and search by its digest")
        return super().get_prep_value(value)


class SearchDigest(models.CharField):  # type: ignore[type-arg]
    """The keyed digest of a sealed field beside it, by which rows with an exact value are found."""

    seals = True

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 64, "blank": True, "default": "", "db_default": "", **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """As Django keeps a field in a migration."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """The digest of the value as it is now; one that was only read keeps its own."""
        value = model_instance.__dict__.get(self.of, "")
        if not isinstance(value, Stored):
            setattr(model_instance, self.attname, digest_for(self.model, self.of, value or ""))
        return getattr(model_instance, self.attname)


def as_read(model: Any, names: Sequence[str], row: Sequence[Any]) -> list[Any]:
    """A row that a statement of one's own has read, as a query of the model would have read it."""
    fields = [model._meta.get_field(name) for name in names]
    return [
        Stored(value) if isinstance(field, SealedText) and is_sealed(value or "") else value
        for field, value in zip(fields, row, strict=True)
    ]


def digest_for(model: Any, name: str, text: str) -> str:
    """The digest under which a value of a sealed field is found."""
    return digest(text, f"{model._meta.db_table}.{model._meta.get_field(name).column}")


def opened_value(model: Any, name: str, row: Any, value: str) -> str:
    """A value that a query of values has read from a sealed field, opened for its row."""
    return opened(value, at(model._meta.get_field(name), row))


def sealed_value(model: Any, name: str, row: Any, text: str) -> str:
    """A value sealed for a row that is written by a statement of one's own."""
    return seal(text, at(model._meta.get_field(name), row))
