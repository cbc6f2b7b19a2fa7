"""The figures of a round, one row for each of the served, under the heads of the round's template."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from zhitong.domain.cards.actions.returning import Return, return_cards
from zhitong.domain.cards.actions.sending import Submission
from zhitong.domain.cards.models import Card, CardFigures, Round
from zhitong.domain.cards.queries.fillings import Filling, fillings
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.cards import is_locked, is_open, may_submit
from zhitong.domain.cards.rules.checking import check
from zhitong.domain.cards.rules.kinds import FIGURES, CardState, FieldKind
from zhitong.domain.exchange.actions.kinds.protocol import Around, NotUndoable
from zhitong.domain.exchange.rules.columns import FIELD, ID, ROUND, WAN, columns_of_card
from zhitong.domain.exchange.rules.kinds import Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept, RowRead
from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.actions.submitting import submit_card
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.codes import written_right
from zhitong.kit.clock import day_of
from zhitong.kit.figures import NoFigure, is_nothing, number_in
from zhitong.kit.refusals import BadInput, NotFound

CONFIRMED = "confirmed"
BY_SHEET = "表格导入"
"""From what an office fills in for the served; they are asked to confirm."""


class CardsHandler:
    """Rows of figures for the round that `options["round"]` names; each is checked as if it were typed into the card.

    `options["confirmed"]` says yes to what looks wrong, for all rows.
    """

    def __init__(self, around: Around) -> None:
        chosen = _uuid_in(str(around.options.get(ROUND, "")))
        row = Round.objects.filter(id=chosen).first() if chosen else None
        if row is None:
            raise BadInput("请选择这份表是哪一期的卡片。", {ROUND: "请选择填报期。"})
        self._around, self._round_id = around, row.id
        self._form = template(row.template_id)
        self._seen: dict[UUID, int] = {}
        self.columns = columns_of_card(self._form)

    def judge(self, rows: Sequence[RowRead]) -> list[Judged]:
        """Three queries for a batch: the served, how their cards stand, what they said before."""
        codes = {written_right(row.text("code")) for row in rows} - {""}
        ids = [one for row in rows if (one := _number_in(row))]
        found = Subject.objects.filter(Q(code__in=codes) | Q(id__in=ids), kind=self._form.kind, ended_on__isnull=True)
        subjects: dict[str, Subject] = {key: one for one in found for key in (one.code, str(one.id)) if key}
        stands = fillings([(self._round_id, one.id) for one in subjects.values()])
        cards = [one.card_id for one in stands.values() if one.card_id]
        before = dict(CardFigures.objects.filter(card_id__in=cards).values_list("card_id", "values"))
        return [self._judge(row, subjects, stands, before) for row in rows]

    def _judge(
        self, row: RowRead, subjects: dict[str, Subject], stands: dict[tuple[UUID, UUID], Filling], before: dict[UUID, object]
    ) -> Judged:
        subject = subjects.get(str(_number_in(row) or "")) or subjects.get(written_right(row.text("code")))
        filling = stands.get((self._round_id, subject.id)) if subject else None
        if not row.text("code") and not row.text(ID):
            row.faults["code"] = "没有填写。请写明代码，或者用系统给出的模板。"
        elif subject is None or filling is None:
            row.faults["code"] = "本期没有要求这一户填报，或者不在您的范围内。请核对代码。"
        elif self._seen.setdefault(subject.id, row.line) != row.line:
            row.faults["code"] = f"与第{self._seen[subject.id]}行是同一户。"
        else:
            self._ask(row, filling)
        if row.faults or filling is None or subject is None:
            return Judged.of(row, Verdict.WRONG)
        written = self._written(row)
        if not written and not row.faults:
            return Judged.of(row, Verdict.SKIPPED, note="没有填写，不导入")
        checked = check(self._form, written)
        asked = {} if self._around.options.get(CONFIRMED) else checked.troubles.warnings
        row.faults = {f"{FIELD}{field}": said for field, said in (asked | checked.troubles.errors).items()} | row.faults
        same = filling.card_id is not None and before.get(filling.card_id) == checked.values
        if same and filling.state in (CardState.SUBMITTED, CardState.ACCEPTED):
            return Judged.of(row, Verdict.UNCHANGED, thing_id=filling.card_id)
        verdict = Verdict.CHANGED if filling.first_submitted_at else Verdict.NEW
        return Judged.of(row, verdict, thing_id=filling.card_id, entry=(filling, written))

    def _written(self, row: RowRead) -> dict[str, object]:
        """The row as it would be typed into the card: "12万" under 万元 is 12, a dash is nothing."""
        written: dict[str, object] = {}
        for one in self._form.fields():
            said = row.text(FIELD + one.code)
            if not said or is_nothing(said):
                continue
            written[one.code] = said
            try:
                unit = WAN if one.kind is FieldKind.MONEY else 1
                number = number_in(said, unit) if one.kind in FIGURES else None
                written[one.code] = said if number is None else f"{number / unit:f}"
            except NoFigure as unread:
                row.faults[FIELD + one.code] = f"{unread}。"
        return written

    def _ask(self, row: RowRead, filling: Filling) -> None:
        today, viewer = day_of(self._around.now), self._around.viewer
        if not is_open(filling.opens_on, today) or is_locked(filling.locked_on, today):
            row.faults["code"] = f"“{filling.round_name}”现在不能填报。"
        elif not may_submit(filling.state):
            row.faults["code"] = "这张卡已经审核通过，须先退回才能再报。"
        elif viewer.unit_id not in (filling.reporter_unit_id, filling.collecting_unit_id):
            row.faults["code"] = "只能报送本单位的卡片，或者由收卡的办公室代填。"

    def commit(self, judged: Sequence[Judged], *, actor: Actor) -> list[Kept]:
        """Send them in one act, as the served would send them one by one."""
        doing = [one for one in judged if one.verdict in (Verdict.NEW, Verdict.CHANGED)]
        sent = submit_card([self._submission(one, actor) for one in doing], now=self._around.now) if doing else []
        return [
            Kept(one.row.line, card.card.card_id, {"state": str(one.entry[0].state or "")}, card.card.version)
            for one, card in zip(doing, sent, strict=True)
        ]

    def _submission(self, one: Judged, actor: Actor) -> Submission:
        filling, written = one.entry
        return Submission(
            round_id=filling.round_id, subject_id=filling.subject_id, version=filling.version, actor=actor, values=written,
            confirmed=True, for_firm="" if filling.reporter_unit_id == actor.unit_id else BY_SHEET,
        )

    def touched(self, kept: Sequence[Kept]) -> dict[UUID, str]:
        """Cards that were changed, returned or accepted since, by firm."""
        versions = {one.thing_id: one.version for one in kept}
        rows = Card.objects.filter(id__in=versions).select_related("subject")
        return {row.id: row.subject.name for row in rows if row.version != versions[row.id]}

    def undo(self, kept: Sequence[Kept], *, actor: Actor) -> None:
        """Give them back to be filled in anew: what was reported is never unsaid.

        Raises NotUndoable: the unit does not collect these cards.
        """
        reason = "批量导入有误，已整批退回，请重新填报。"
        try:
            return_cards(
                [Return(card_id=one.thing_id, version=one.version or 0, actor=actor, reason=reason) for one in kept],
                now=self._around.now,
            )
        except NotFound as refused:
            raise NotUndoable("报送的卡片只能由收卡的办公室整批退回。") from refused


def _number_in(row: RowRead) -> UUID | None:
    """The number that the template gave the row, as far as it still is one."""
    return _uuid_in(row.text(ID))


def _uuid_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
