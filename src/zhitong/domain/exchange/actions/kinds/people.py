"""Who sits where in a county's units (单位, 姓名, 职务, 手机): seats with an invitation for everybody who is new."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from zhitong.domain.entry.actions.rostering import row_faults, take_back_seats, take_roster
from zhitong.domain.entry.queries.rosters import Known, known_of
from zhitong.domain.entry.rules.phones import phone_written_right
from zhitong.domain.entry.rules.rosters import RosterRow
from zhitong.domain.exchange.actions.kinds.protocol import Around
from zhitong.domain.exchange.rules.columns import PEOPLE, Column
from zhitong.domain.exchange.rules.kinds import Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept, RowRead
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import posts_standing, seats_held, seats_taken

Seat = tuple[UUID, str, str]
"""(unit, title, phone)"""


class PeopleHandler:
    """Rows of a roster. A phone is a person: who is known keeps his name, his sign-in and his other seats; titles that a
    unit has not yet become seats of the kind that they say. What was before a seat: whether its post stood already, and
    whether its holder had ever signed in."""

    columns: tuple[Column, ...] = PEOPLE

    def __init__(self, around: Around) -> None:
        self._around = around
        self._names: dict[str, str] = {}
        self._seen: dict[Seat, int] = {}

    def judge(self, rows: Sequence[RowRead]) -> list[Judged]:
        """Four queries for a batch: names of units, who has these phones, posts and seats that stand."""
        meant = [_meant(row) for row in rows]
        known = known_of(self._around.viewer, [one.phone for one in meant])
        units = [known.unit_named(one.unit) for one in meant]
        held = seats_taken([unit.id for unit in units if unit], [one.phone for one in meant])
        return [self._judge(row, one, known, held) for row, one in zip(rows, meant, strict=True)]

    def _judge(self, row: RowRead, meant: RosterRow, known: Known, held: dict[Seat, UUID]) -> Judged:
        row.faults = {**dict(row_faults(meant, known)), **row.faults}
        first = self._names.setdefault(meant.phone, meant.name)
        if meant.phone and first != meant.name:
            row.faults.setdefault("phone", f"这个号码在前面是{first}的，请核对。")
        unit = known.unit_named(meant.unit)
        if row.faults or unit is None:
            return Judged.of(row, Verdict.WRONG)
        seat = (unit.id, meant.title, meant.phone)
        earlier = self._seen.setdefault(seat, row.line)
        if earlier != row.line:
            return Judged.of(row, Verdict.SKIPPED, note=f"与第{earlier}行是同一个人、同一个职务，只登记一次")
        if seat in held:
            return Judged.of(row, Verdict.UNCHANGED, thing_id=held[seat])
        person = known.people.get(meant.phone)
        note = f"{person.name}已有其他岗位，增加这个岗位" if person else "新开通，导入后可以打印邀请单"
        return Judged.of(row, Verdict.NEW, entry=(meant, bool(person and person.has_come)), note=note)

    def commit(self, judged: Sequence[Judged], *, actor: Actor) -> list[Kept]:
        """Seat them all, each who has never been here with an invitation of his own."""
        doing = [one for one in judged if one.verdict is Verdict.NEW]
        if not doing:
            return []
        rows = [one.entry[0] for one in doing]
        known = known_of(self._around.viewer, [row.phone for row in rows])
        units = [known.unit_named(row.unit) for row in rows]
        before = posts_standing([unit.id for unit in units if unit])
        take_roster(self._around.viewer, rows, actor=actor, now=self._around.now)
        taken = seats_taken([unit.id for unit in units if unit], [row.phone for row in rows])
        return [
            Kept(one.row.line, taken[unit.id, row.title, row.phone], {
                "post_was": (unit.id, row.title) in before, "had_come": one.entry[1],
            })
            for one, row, unit in zip(doing, rows, units, strict=True) if unit
        ]

    def touched(self, kept: Sequence[Kept]) -> dict[UUID, str]:
        """Those who have signed in since, and those whose seat has passed on, by name."""
        came = {one.thing_id: bool(one.before and one.before["had_come"]) for one in kept}
        return {
            seat.tenure_id: seat.name for seat in seats_held(came)
            if seat.is_over or (seat.has_come and not came[seat.tenure_id])
        }

    def undo(self, kept: Sequence[Kept], *, actor: Actor) -> None:
        """Their seats end with their invitations; posts that the table made end too."""
        made = {one.thing_id: not (one.before and one.before["post_was"]) for one in kept}
        take_back_seats(made, actor=actor, now=self._around.now)


def _meant(row: RowRead) -> RosterRow:
    return RosterRow(row.line, row.text("unit"), row.text("name"), row.text("title"), phone_written_right(row.text("phone")))
