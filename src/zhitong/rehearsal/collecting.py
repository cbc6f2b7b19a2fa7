"""The cards of the demonstration: two monthly rounds of the three kinds of enterprise, filled in by most of them.

July is over: nearly all cards are in and passed; a few came in time, were given back after the due day and came again
(上级原因迟报). August is under way: most are in, some passed, a few given back, and
the first firm of the accounts has yet to fill in its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.actions import (
    Acceptance,
    AskedExcuse,
    Confirmation,
    Opened,
    Return,
    RoundToOpen,
    Submission,
    accept_cards,
    ask_excuses,
    confirm_cards,
    open_rounds,
    return_cards,
    submit_cards,
)
from zhitong.domain.cards.models import Card, Obligation
from zhitong.domain.cards.rules.rounds import USUAL_PROOF, ExcuseReason
from zhitong.domain.organisations.queries import directory
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, Diagnosis, SubjectKind
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.pictures import stored_photo
from zhitong.rehearsal.population.names import person
from zhitong.rehearsal.stage import require_stage
from zhitong.rehearsal.story.actors import Cast

BATCH = 1000
TEN_THOUSAND = 10_000
STAND_IN_EVERY = 12
EXCUSES = 40
SOURCE = "电话询问企业会计（演示内容）"
PROOF = "9月13日上门查看并电话联系的情况记录（演示内容）"
RETURN_REASON = "营业收入与上期相差较大，请核对单位是否为万元后重新报送。（演示内容）"

MARGINS = {Diagnosis.PROFITABLE: (4.0, 12.0), Diagnosis.THIN: (0.1, 2.0), Diagnosis.DIFFICULT: (-8.0, -0.5)}
"""Profit as a percentage of revenue, by how an enterprise is."""


@dataclass(frozen=True, slots=True)
class Month:
    """A monthly round: when it opens, is due and locked; on which days cards come in and with what share; what is reviewed.

    `again_on` is when what was given back comes again and is passed; None where it is still with the firms.
    """

    number: int
    opens_on: date
    due_on: date
    locked_on: date
    comes_in: tuple[tuple[date, float], ...]
    reviewed_on: date
    accepted: float
    returned: float
    again_on: date | None = None

    @property
    def name(self) -> str:
        """What the round is called."""
        return f"{self.opens_on.year}年{self.number}月"


MONTHS = (
    Month(7, date(2018, 8, 1), date(2018, 8, 10), date(2018, 8, 20),
          ((date(2018, 8, 3), 0.2), (date(2018, 8, 8), 0.55), (date(2018, 8, 10), 0.18), (date(2018, 8, 15), 0.04)),
          date(2018, 8, 17), 0.97, 0.004, date(2018, 8, 20)),
    Month(8, date(2018, 9, 3), date(2018, 9, 20), date(2018, 9, 30),
          ((date(2018, 9, 6), 0.25), (date(2018, 9, 11), 0.35), (date(2018, 9, 13), 0.2)),
          date(2018, 9, 14), 0.6, 0.015),
)


@dataclass(frozen=True, slots=True)
class Owing:
    """An enterprise that owes a card in a round."""

    round_id: UUID
    subject_id: UUID
    kind: SubjectKind
    sub_kind: str
    name: str
    code: str
    industry: str
    revenue_cny: int
    unit_id: UUID


@transaction.atomic
def collect(*, leave_out: UUID, show: Callable[[int, int], None] = lambda done, total: None,
            months: Sequence[Month] = MONTHS) -> int:
    """Open the rounds and have cards sent and reviewed; the unit `leave_out` owes its newest and has sent those
    before, so that last period stands beside it. Returns how many cards were sent.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    cast = Cast()
    sent = 0
    for month in months:
        owing = list(_owing(_open(month, cast)))
        for day, cards in _days(month, owing, leave_out, is_newest=month is months[-1]):
            for batch in _batches(cards):
                sent += len(submit_cards([_submission(one, month, cast) for one in batch], now=_at(day, 15)))
                show(sent, len(owing) * len(months))
        given_back = _review(month, cast)
        if month.again_on is not None:
            _send_again(given_back, month, _at(month.again_on, 10), cast)
    _stand_in(months[-1], cast, leave_out)
    return sent


def _open(month: Month, cast: Cast) -> list[Opened]:
    campaign, root = campaign_in_force(), directory().root()
    office = directory().office(root.id)
    assert campaign is not None and office is not None, "a campaign is loaded before cards are collected"
    return open_rounds([
        RoundToOpen(
            campaign=campaign.code, template_code=str(kind), region_id=root.id, name=month.name,
            period=f"{month.opens_on.year}-{month.number:02}", opens_on=month.opens_on, due_on=month.due_on,
            locked_on=month.locked_on, actor=cast.actor(office.id),
        ) for kind in sorted(ENTERPRISES, key=str)
    ], now=_at(month.opens_on, 9))


def _owing(rounds: Sequence[Opened]) -> Iterator[Owing]:
    subjects = {
        row[0]: row for row in Subject.objects.values_list(
            "id", "kind", "sub_kind", "name", "code", "industry", "revenue_cny", "unit_id"
        )
    }
    owed = Obligation.objects.filter(round_id__in=[one.round_id for one in rounds], owed=True)
    for round_id, subject_id in owed.order_by("round_id", "position").values_list("round_id", "subject_id"):
        _id, kind, *rest = subjects[subject_id]
        yield Owing(round_id, subject_id, SubjectKind(kind), *rest)


def _days(
    month: Month, owing: Sequence[Owing], leave_out: UUID, *, is_newest: bool
) -> Iterator[tuple[date, list[Owing]]]:
    """Who sends on which day; those on no day send nothing."""
    draw = chance("cards", month.number)
    days = [day for day, _share in month.comes_in]
    shares = [share for _day, share in month.comes_in]
    by_day: dict[date | None, list[Owing]] = {day: [] for day in days}
    for one in owing:
        day = draw.choices([*days, None], [*shares, 1 - sum(shares)])[0]
        if one.unit_id == leave_out:
            day = None if is_newest else days[0]
        by_day.setdefault(day, []).append(one)
    yield from ((day, by_day[day]) for day in days)


def _batches(cards: Sequence[Owing]) -> Iterator[Sequence[Owing]]:
    yield from (cards[at : at + BATCH] for at in range(0, len(cards), BATCH))


def _submission(one: Owing, month: Month, cast: Cast) -> Submission:
    return Submission(
        round_id=one.round_id, subject_id=one.subject_id, version=0, actor=cast.actor(one.unit_id),
        values=values_of(one, month.number), confirmed=True,
    )


def values_of(one: Owing, month: int) -> dict[str, object]:
    """What a firm writes for the months up to one of them: money in 万元, in keeping with its revenue of last year."""
    firm, now = chance("firm", one.code), chance("month", one.code, month)
    revenue = one.revenue_cny / TEN_THOUSAND * month / 12 * firm.uniform(0.85, 1.25) * now.uniform(0.97, 1.03)
    diagnosis = firm.choices(list(MARGINS), (6, 3, 1.5))[0]
    assets = one.revenue_cny / TEN_THOUSAND * firm.uniform(0.6, 1.8)
    employees = max(5, int(one.revenue_cny / TEN_THOUSAND / firm.uniform(80, 220)))
    return {
        **_standing(one, firm), "total_assets": round(assets, 2), "liabilities": round(assets * firm.uniform(0.2, 0.8), 2),
        "revenue": round(revenue, 2), "profit": round(revenue * now.uniform(*MARGINS[diagnosis]) / 100, 2),
        "tax_paid": round(revenue * firm.uniform(1, 5) / 100, 2), "employees": employees, "diagnosis": str(diagnosis),
        **_of_kind(one, revenue, employees, firm),
    }


def _standing(one: Owing, firm: random.Random) -> dict[str, object]:
    head, contact = person(firm), person(firm)
    return {
        "name": one.name, "credit_code": one.code, "legal_person": head, "holding": "private",
        "business_address": f"演示路{firm.randint(1, 300)}号", "main_activity": one.industry or "演示产品", "head_name": head,
        "head_phone": f"1380000{firm.randint(0, 9999):04}", "contact_name": contact,
        "contact_phone": f"1390000{firm.randint(0, 9999):04}",
    }


def _of_kind(one: Owing, revenue: float, employees: int, firm: random.Random) -> dict[str, object]:
    if one.kind is SubjectKind.INDUSTRY:
        return {"output_value": round(revenue * firm.uniform(1, 1.1), 2), "electricity": round(revenue / firm.uniform(90, 400), 1)}
    if one.kind is SubjectKind.SERVICES:
        return {"sub_kind": one.sub_kind}
    return {
        "research_spending": round(revenue * firm.uniform(3, 12) / 100, 2), "researchers": max(2, employees // 5),
        "patents": firm.randint(0, 30),
    }


def _review(month: Month, cast: Cast) -> list[UUID]:
    """The offices that collect pass most of what came, and give a little back; returns which cards."""
    draw = chance("reviews", month.number)
    period = f"{month.opens_on.year}-{month.number:02}"
    cards = Card.objects.filter(round__period=period, state="submitted").order_by("id")
    accepted, returned = [], []
    for card_id, version, office_id in cards.values_list("id", "version", "collecting_unit_id"):
        fell = draw.random()
        if fell < month.accepted:
            accepted.append(Acceptance(card_id=card_id, version=version, actor=cast.actor(office_id)))
        elif fell < month.accepted + month.returned:
            returned.append(Return(card_id=card_id, version=version, actor=cast.actor(office_id), reason=RETURN_REASON))
    now = _at(month.reviewed_on, 16)
    for at in range(0, len(accepted), BATCH):
        accept_cards(accepted[at : at + BATCH], now=now)
    return_cards(returned, now=now)
    return [one.card_id for one in returned]


def _send_again(card_ids: Sequence[UUID], month: Month, now: datetime, cast: Cast) -> None:
    """What was given back comes again from its firms, and is passed."""
    cards = list(Card.objects.filter(id__in=card_ids).order_by("id"))
    owing = {
        (one.round_id, one.subject_id): one
        for one in _owing([Opened(round_id, 0, False) for round_id in sorted({card.round_id for card in cards})])
    }
    sent = submit_cards([
        replace(_submission(owing[card.round_id, card.subject_id], month, cast), version=card.version) for card in cards
    ], now=now)
    accept_cards([
        Acceptance(card_id=again.card_id, version=again.version, actor=cast.actor(card.collecting_unit_id))
        for again, card in zip(sent, cards, strict=True)
    ], now=now + timedelta(hours=6))


def _stand_in(month: Month, cast: Cast, leave_out: UUID) -> None:
    """Of those who sent nothing in the newest month: some filled in for by their office, some of these confirmed by the
    firm, some refusing, not to be reached, or stopped; the rest are simply missing."""
    asked = list(Obligation.objects.filter(
        round__period=f"{month.opens_on.year}-{month.number:02}", subject__unit_id__isnull=False,
    ).exclude(subject__unit_id=leave_out).exclude(
        Exists(Card.objects.filter(round_id=OuterRef("round_id"), subject_id=OuterRef("subject_id")))
    ).order_by("round_id", "position").values_list("round_id", "subject_id", "collecting_unit_id", "subject__unit_id"))
    owing = {(one.round_id, one.subject_id): one for one in _owing([
        Opened(round_id, 0, False) for round_id in sorted({row[0] for row in asked})
    ])}
    now = _at(month.reviewed_on, 17)
    filled = asked[::STAND_IN_EVERY]
    sent = submit_cards([
        Submission(
            round_id=round_id, subject_id=subject_id, version=0, actor=cast.actor(office_id), for_firm=SOURCE,
            values=values_of(owing[round_id, subject_id], month.number), confirmed=True,
        ) for round_id, subject_id, office_id, _firm in filled
    ], now=now)
    confirm_cards([
        Confirmation(card_id=card.card_id, version=card.version, actor=cast.actor(row[3]))
        for card, row in list(zip(sent, filled, strict=True))[::2]
    ], now=now)
    _excuse([row[:3] for row in asked[1::STAND_IN_EVERY][:EXCUSES]], cast, now)


def _excuse(asked: Sequence[tuple[UUID, UUID, UUID]], cast: Cast, now: datetime) -> None:
    """Say why some do not report, (round, subject, collecting office), each reason in turn; what needs a photo has one."""
    reasons = list(ExcuseReason)
    ask_excuses([
        AskedExcuse(
            round_id=round_id, subject_id=subject_id, reason=reason, proof=PROOF, actor=cast.actor(office_id),
            file_ids=[stored_photo("厂区现场（演示）.jpg", place, actor=cast.actor(office_id), now=now)]
            if reason in USUAL_PROOF else [],
        )
        for place, (round_id, subject_id, office_id) in enumerate(asked)
        for reason in [reasons[place % len(reasons)]]
    ], now=now)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)
