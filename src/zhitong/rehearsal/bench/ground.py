"""The ground of the bench: a scratch database with the shipped campaign, firms that hold keys, and rounds to fill in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any
from uuid import UUID, uuid4

from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.cards.models import Round
from zhitong.domain.history.actions import open_months
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import ApiToken, Post
from zhitong.domain.organisations.queries import directory, token_digest
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock, progress
from zhitong.kit.ids import uuid7
from zhitong.rehearsal.opening import load_packages, packages
from zhitong.rehearsal.population.demand import demand
from zhitong.rehearsal.population.settling import populate
from zhitong.rehearsal.stage import NOBODY, require_stage

MATTERS = (
    ("energy", "夜间限电，热处理炉不能连续生产，每月损失约四十万元，请协调错峰方案。（演示内容）"),
    ("funds", "银行续贷要先还后贷，三百万元过桥资金压力很大，下月到期，请帮助协调转贷。（演示内容）"),
    ("land", "二期项目需用地三十亩，土地指标没有落实，项目已列入市重点。（演示内容）"),
)
"""The three problems of every card: three categories, so three units."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that reports: its subject and unit, and the key of the person who sends for it."""

    subject_id: UUID
    name: str
    code: str
    unit_id: UUID
    region_id: UUID
    person_id: UUID
    post_id: UUID
    secret: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What the bench works on: firms, rounds in which they owe cards, rounds left to PostgreSQL alone."""

    firms: tuple[Firm, ...]
    round_ids: tuple[UUID, ...]
    free_round_ids: tuple[UUID, ...]


def prepare(*, owed: int, free: int) -> Ground:
    """Fill an empty migrated database (as its owner): the campaign, its industry, a key for each firm, rounds.

    There are rounds enough for `owed` cards through the API, and for `free` ones by PostgreSQL alone.
    """
    with progress.step("准备测试场地：活动") as step:
        load_packages(step)
        require_stage()
        open_months(clock.today(), clock.today())
    upper, local = packages()
    with progress.step("准备测试场地：企业和密钥"):
        populate(upper, local, [one for one in demand(upper, local) if one.kind is SubjectKind.INDUSTRY])
        firms = _firms()
    with progress.step("准备测试场地：填报期"):
        numbers = range(ceil(owed / len(firms)))
        opened = open_rounds([_round(upper.code, number) for number in numbers], now=clock.now())
        bare = Round.objects.bulk_create(
            [_bare_round(opened[0].round_id, number) for number in range(ceil(free / len(firms)))]
        )
    return Ground(tuple(firms), tuple(one.round_id for one in opened), tuple(row.id for row in bare))


def _bare_round(like: UUID, number: int) -> Round:
    """A round without obligations: the rows of a card only name it."""
    row = Round.objects.get(id=like)
    row.id, row.period = uuid7(), f"free-{number}"
    return row


def _firms() -> list[Firm]:
    rows = list(Subject.objects.order_by("id").values_list("id", "name", "code", "unit_id", "region_id"))
    posts = dict(Post.objects.filter(unit__in=[row[3] for row in rows]).values_list("unit_id", "id"))
    people = seat([
        Seat(login=f"bench-{place}", name="演示", password=None, post_id=posts[row[3]], since=date(2018, 1, 1))
        for place, row in enumerate(rows)
    ])
    firms = [
        Firm(*row, person_id, posts[row[3]], f"zt_{secrets.token_urlsafe(32)}")
        for row, person_id in zip(rows, people, strict=True)
    ]
    ApiToken.objects.bulk_create(
        [ApiToken(person_id=firm.person_id, post_id=firm.post_id, name="bench", digest=token_digest(firm.secret),
                  created_at=clock.now()) for firm in firms],
        batch_size=2000,
    )
    return firms


def _round(campaign: str, number: int) -> RoundToOpen:
    today = clock.today()
    return RoundToOpen(
        campaign=campaign, template_code=SubjectKind.INDUSTRY.value, region_id=directory().root().id,
        period=f"bench-{number}", name=f"测试第{number + 1}期", opens_on=today, due_on=today, locked_on=today.replace(month=12),
        actor=NOBODY,
    )


def requests(ground: Ground, round_ids: Sequence[UUID], host: str) -> Iterator[bytes]:
    """Whole HTTP requests, one card with three problems each, no two for the same firm and round."""
    for round_id in round_ids:
        for firm in ground.firms:
            body = json.dumps(card_of(firm), ensure_ascii=False).encode()
            head = (
                f"POST /api/v1/rounds/{round_id}/card/submit HTTP/1.1\r\nHost: {host}\r\n"
                f"Authorization: Bearer {firm.secret}\r\nIdempotency-Key: {uuid4()}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            yield head.encode() + body


def card_of(firm: Firm) -> dict[str, Any]:
    """The body of a sending: figures that raise no question, and the three problems."""
    values = {
        "name": firm.name, "credit_code": firm.code, "legal_person": "演示甲", "business_address": "演示路1号",
        "main_activity": "演示产品", "head_name": "演示甲", "head_phone": "13800000000", "contact_name": "演示乙",
        "contact_phone": "13800000001", "total_assets": 9000, "liabilities": "3000.5", "revenue": 12000.25,
        "profit": -30, "tax_paid": 120, "employees": 86, "diagnosis": "difficult",
    }
    problems = [{"category": category, "text": text, "known_to_head": True} for category, text in MATTERS]
    return {"subject_id": str(firm.subject_id), "version": 0, "values": values, "problems": problems}
