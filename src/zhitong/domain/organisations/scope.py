"""The one gate: who is looking, how far that post sees, and the transaction in which the database knows it too.

`acting_as(viewer)` goes around the whole handling of a request, a job or a command: inside it every statement runs in
one transaction whose settings name the viewer, and the row-level policies of every table read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

from zhitong.domain.organisations.rules.rights import Permission, apart_of
from zhitong.domain.organisations.rules.viewer import Viewer as Viewer
from zhitong.kit.refusals import Refused


class NotYours(Refused):
    """The post does not hold the permission that the act needs."""


def require(viewer: Viewer, permission: Permission) -> None:
    """Refuse in words when the viewer's post lacks a permission."""
    if not viewer.may(permission):
        raise NotYours(f"您现在的岗位没有“{permission.label}”的权限。如需办理，请切换岗位；需要这项权限的，请联系本级系统管理员。")


_present: ContextVar[Viewer | None] = ContextVar("viewer", default=None)
_read_once: ContextVar[dict[str, Any] | None] = ContextVar("read_once", default=None)
_first_wall: ContextVar[bool] = ContextVar("first_wall", default=True)

_SET = (
    "SELECT set_config('zhitong.unit', %s, true), set_config('zhitong.region', %s, true),"
    " set_config('zhitong.reach', %s, true), set_config('zhitong.lines', %s, true),"
    " set_config('zhitong.person', %s, true), set_config('zhitong.audit', %s, true),"
    " set_config('zhitong.apart', %s, true), set_config('zhitong.trace', %s, true),"
    " set_config('zhitong.opened', '', true),"
    " (SELECT last_value FROM organisations_version)"
)
VERSION = "organisations_version"
"""What is read once under this name: which standing order of government was in force when somebody began to act."""


@contextmanager
def acting_as(viewer: Viewer) -> Iterator[Viewer]:
    """Open the transaction of one request and name the viewer to the database for its length.

    Inside another `acting_as` it becomes a savepoint, and the outer viewer is named again afterwards; inside a bare
    transaction nobody is.
    """
    outer, is_within = _present.get(), connection.in_atomic_block
    with transaction.atomic():
        known = {VERSION: _name_to_database(viewer)}
        token, once = _present.set(viewer), _read_once.set(known)
        try:
            yield viewer
        finally:
            _present.reset(token)
            _read_once.reset(once)
        if is_within:
            _name_to_database(outer)


def begin_anew(held: ExitStack, viewer: Viewer) -> None:
    """End the transaction that a door holds for a viewer and open the next: what was recorded stands before a stream begins.

    A door does so once, before its first row is read, and never between two acts.
    """
    held.close()
    held.enter_context(acting_as(viewer))


def _name_to_database(viewer: Viewer | None) -> int:
    """Name the viewer for the rest of the transaction; returns which standing order of government is in force."""
    values = [""] * 8
    if viewer is not None:
        lines = "{" + ",".join(str(line) for line in viewer.line_ids) + "}"
        audits = "on" if viewer.may(Permission.AUDIT) else ""
        values = [
            str(viewer.unit_id), str(viewer.region_id), viewer.reach.value, lines, str(viewer.person_id), audits,
            str(apart_of(viewer.permissions).value), "on" if viewer.may(Permission.TRACE) else "",
        ]
    with connection.cursor() as cursor:
        cursor.execute(_SET, values)
        return int(cursor.fetchone()[-1])


def first_wall_stands() -> bool:
    """False only inside `without_first_wall`: queries then leave their own predicate out."""
    return _first_wall.get()


@contextmanager
def without_first_wall() -> Iterator[None]:
    """Switch the query predicate off, so that a test sees the second wall stand alone."""
    token = _first_wall.set(False)
    try:
        yield
    finally:
        _first_wall.reset(token)


def read_once() -> dict[str, Any] | None:
    """What is read once for the length of the request under way, by name; None where nobody acts."""
    return _read_once.get()


def present() -> Viewer | None:
    """The viewer of the request under way; None in rehearsals and jobs, which act for nobody."""
    return _present.get()
