"""Acts are done whole or not at all; an act within an act is undone with it and asks no savepoint of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_is_under_way: ContextVar[bool] = ContextVar("act_under_way", default=False)


@contextmanager
def as_one() -> Iterator[None]:
    """Do what follows whole or not at all.

    Only the outermost can be refused and passed over: an act that goes on after one within it was refused must put its own
    `transaction.atomic` around that one, or the next statement fails.
    """
    token = _is_under_way.set(True)
    try:
        with transaction.atomic(savepoint=token.old_value is not True):
            yield
    finally:
        _is_under_way.reset(token)


def whole(act: Callable[P, R]) -> Callable[P, R]:
    """The same for a function."""

    @wraps(act)
    def done_whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with as_one():
            return act(*args, **kwargs)

    return done_whole
