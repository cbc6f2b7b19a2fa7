"""A county's own old ledger: matters that were told before there was a system, recorded afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from zhitong.domain.entry.queries.rosters import known_of
from zhitong.domain.exchange.actions.kinds.places import Places
from zhitong.domain.exchange.actions.kinds.protocol import Around
from zhitong.domain.exchange.rules.columns import LEDGER, Column
from zhitong.domain.exchange.rules.kinds import LedgerState, Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept, RowRead, states_guessed
from zhitong.domain.history.rules import Actor
from zhitong.domain.intake.actions.naming import Named
from zhitong.domain.intake.actions.recording import Record, record
from zhitong.domain.intake.queries.firms import firms_meant
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.entered import problems_touched, take_back
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import UNDECIDED, Source
from zhitong.domain.subjects.models import Subject
from zhitong.kit.clock import SHANGHAI, day_of

_NOON = time(12)


class LedgerHandler:
    """Rows of an old ledger. An open matter stays with the unit that had it, once its category is known; without a category it
    waits at the office's desk. `options["states"]` says what each of its states means, `options["told"]` by which door
    matters came (补录 keeps it as the source); the row as it was sent stays beside the problem it became."""

    columns: tuple[Column, ...] = LEDGER

    def __init__(self, around: Around) -> None:
        self._around = around
        self._places = Places(around.viewer)
        self._known = known_of(around.viewer, [])
        self._book = rulebook(around.campaign)
        self._told = Source(around.options.get("told", Source.CALL.value))
        self._seen: dict[tuple[str, str], int] = {}

    def judge(self, rows: Sequence[RowRead]) -> list[Judged]:
        """Firms by code or name and doubles by firm and words, three queries for a batch."""
        words = [row.text(code) for row in rows for code in ("code", "firm")]
        firms = firms_meant(self._around.viewer, words)
        texts = {row.text("text") for row in rows}
        known = {
            (name, text): number
            for name, text, number in Problem.objects.filter(text__in=texts).values_list("subject_name", "text", "number")
        }
        said = self._around.options.get("states", {})
        states = states_guessed(sorted({row.text("state") for row in rows}), said)
        return [self._judge(row, firms, known, states) for row in rows]

    def _judge(
        self, row: RowRead, firms: dict[str, Subject], known: dict[tuple[str, str], str], states: dict[str, str]
    ) -> Judged:
        firm = firms.get(row.text("code")) or firms.get(row.text("firm"))
        self._find_faults(row, states)
        name = firm.name if firm else row.text("firm")
        if row.faults:
            return Judged.of(row, Verdict.WRONG)
        if states.get(row.text("state")) == LedgerState.SKIP.value:
            return Judged.of(row, Verdict.SKIPPED, note="按状态对应不导入")
        double = known.get((name, row.text("text")))
        if double:
            return Judged.of(row, Verdict.UNCHANGED, note=f"已登记为{double}，不重复登记")
        earlier = self._seen.setdefault((name, row.text("text")), row.line)
        if earlier != row.line:
            return Judged.of(row, Verdict.SKIPPED, note=f"与第{earlier}行是同一件事，只登记一次")
        settled = states.get(row.text("state")) == LedgerState.SETTLED.value
        notes = ("" if firm else "名录里没有这家企业，按名称登记", "" if settled else self._onward(row, firm))
        return Judged.of(row, Verdict.NEW, entry=(firm, settled), note="；".join(filter(None, notes)))

    def _onward(self, row: RowRead, firm: Subject | None) -> str:
        """What becomes of an open matter."""
        if self._category(row, firm) == UNDECIDED:
            return "没有对应的问题类别，先到本办待受理，定类别后交办"
        unit = self._in_hand(row)
        return f"由{unit.name}继续办理" if unit else "按分发规则交办"

    def _in_hand(self, row: RowRead) -> UnitEntry | None:
        """The unit of the territory that had it, by any of its names; None where it cannot be charged."""
        unit = self._known.unit_named(row.text("unit"))
        return None if unit is None or unit.is_consulted else unit

    def _find_faults(self, row: RowRead, states: dict[str, str]) -> None:
        state = states.get(row.text("state"), "")
        if row.text("state") and not state:
            row.faults["state"] = f"“{row.text('state')}”还没有对应到办理状态，请在“状态对应”里选定。"
        if state == LedgerState.SETTLED.value and not row.text("result"):
            row.faults["result"] = "已办结的要写明办理结果。"
        if row.text("region") and row.text("region") not in self._places.regions:
            row.faults["region"] = f"“{row.text('region')}”不是本辖区内的地区。"
        happened = row.values.get("happened")
        if isinstance(happened, date) and happened > day_of(self._around.now):
            row.faults["happened"] = "反映日期晚于今天。"

    def commit(self, judged: Sequence[Judged], *, actor: Actor) -> list[Kept]:
        """Record them afterwards; those with a result are answered in the same moment."""
        doing = [one for one in judged if one.verdict is Verdict.NEW]
        problems = record(self._around.viewer, [self._record(one, actor) for one in doing]) if doing else []
        return [Kept(one.row.line, problem.id) for one, problem in zip(doing, problems, strict=True)]

    def _record(self, one: Judged, actor: Actor) -> Record:
        row, (firm, settled) = one.row, one.entry
        happened = row.values["happened"]
        assert isinstance(happened, date), "the column is needed and holds a day"
        at = min(datetime.combine(happened, _NOON, SHANGHAI), self._around.now)
        category, unit = self._category(row, firm), self._in_hand(row)
        named = Named(firm.id if firm else None, row.text("firm"), self._places.regions.get(row.text("region")))
        return Record(
            campaign=self._around.campaign, firm=named, text=row.text("text"), how=self._told, happened_at=at,
            answered_by=row.text("unit") or "原台账承办单位", result=row.text("result") if settled else "",
            category=category, taken_by_id=unit.id if unit and not settled and category != UNDECIDED else None, actor=actor,
            now=self._around.now,
        )

    def _category(self, row: RowRead, firm: Subject | None) -> str:
        kind = firm.kind if firm else ""
        word, known = row.text("category"), self._book.of_kind(kind)
        exact = next((one.code for one in known if word in (one.label, one.code)), "")
        return exact or next((one.code for one in known if word and one.label.startswith(word)), UNDECIDED)

    def touched(self, kept: Sequence[Kept]) -> dict[UUID, str]:
        """Problems on which somebody has acted since, by number."""
        return problems_touched([one.thing_id for one in kept])

    def undo(self, kept: Sequence[Kept], *, actor: Actor) -> None:
        """They end as withdrawn."""
        take_back([one.thing_id for one in kept], "撤销导入", actor=actor, now=self._around.now)
