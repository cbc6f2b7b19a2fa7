"""The desk of a receiver in tests: acting for a unit, and what its rows hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection

from tests.cast import official_of, viewer
from tests.world import NOW
from zhitong.domain.complaints.actions.handling import Letter, Turn
from zhitong.domain.complaints.queries.page import ComplaintPage, complaint_page
from zhitong.domain.organisations.scope import Viewer, acting_as

TEXT = "经办人以材料不全为由三次退件，并暗示须请客。"
PERSON = "演示经办人张某"
RECEIVER, ABOVE, TOP = "130973-inspection", "1309-inspection", "13-inspection"
TABLES = ("complaints_complaint", "complaints_step", "complaints_party")
LETTER = Letter(body="演示市纪律检查机关", number="演督移〔2018〕3号", on=date(2018, 4, 27), note="涉嫌违纪，依规移送。")


def who(name: str) -> Viewer:
    """A member of the cast by login, or somebody new of a unit by its code."""
    return official_of(name) if "-" in name else viewer(name)


def does(name: str, act: Any, number: str, *, at: datetime = NOW, **values: Any) -> Any:
    """Let somebody do an act on a complaint; returns how it stands then."""
    with acting_as(who(name)) as here:
        return act(Turn(number=number, viewer=here, via="test", now=at), **values)


def page(name: str, number: str, at: datetime = NOW) -> ComplaintPage:
    """A complaint as somebody reads it."""
    with acting_as(who(name)) as here:
        return complaint_page(here, number, now=at)


def counted(table: str) -> int:
    """How many rows of a table the one looking finds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])
