"""The ground of the bench in a stock: firms that hold keys, and rounds to fill in."""

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
from zhitong.domain.organisations.models import ApiToken, Post, Tenure
from zhitong.domain.organisations.queries import directory, token_digest
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tallies.actions import fold
from zhitong.kit import clock, progress
from zhitong.kit.ids import uuid7
from zhitong.rehearsal.opening import packages
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
    """Lay the ground in a stock (as its owner): a key for each firm, rounds enough for `owed` cards through the API, and for
    `free` ones by PostgreSQL alone. What earlier benches have left there is not in the way."""
    require_stage()
    open_months(clock.today(), clock.today())
    campaign = packages()[0].code
    with progress.step("准备测试场地：企业和密钥"):
        firms = _firms()
    with progress.step("准备测试场地：填报期"):
        mark = secrets.token_hex(3)
        numbers = range(ceil(owed / len(firms)))
        opened = open_rounds([_round(campaign, f"b{mark}-{number}") for number in numbers], now=clock.now())
        bare = Round.objects.bulk_create(
            [_bare_round(opened[0].round_id, f"f{mark}-{number}") for number in range(ceil(free / len(firms)))]
        )
    return Ground(tuple(firms), tuple(one.round_id for one in opened), tuple(row.id for row in bare))


def _bare_round(like: UUID, period: str) -> Round:
    """A round without obligations: the rows of a card only name it."""
    row = Round.objects.get(id=like)
    row.id, row.period = uuid7(), period
    return row


def _firms() -> list[Firm]:
    """The industry of the stock, each with a new key of somebody who reports for it."""
    rows = list(Subject.objects.filter(kind=SubjectKind.INDUSTRY.value, unit__isnull=False).order_by("id").values_list(
        "id", "name", "code", "unit_id", "region_id"
    ))
    posts = dict(Post.objects.filter(unit__in=[row[3] for row in rows]).values_list("unit_id", "id"))
    people = _reporters(list(posts.values()))
    firms = [Firm(*row, people[posts[row[3]]], posts[row[3]], f"zt_{secrets.token_urlsafe(32)}") for row in rows]
    ApiToken.objects.bulk_create(
        [ApiToken(person_id=firm.person_id, post_id=firm.post_id, name="bench", digest=token_digest(firm.secret),
                  created_at=clock.now()) for firm in firms],
        batch_size=2000,
    )
    return firms


def _reporters(posts: Sequence[UUID]) -> dict[UUID, UUID]:
    """Who holds each post; where nobody does, somebody is seated."""
    holders = dict(Tenure.objects.filter(post_id__in=posts, until__isnull=True).values_list("post_id", "person_id"))
    free = [post for post in posts if post not in holders]
    people = seat([Seat(login=f"bench-{post.hex}", name="演示", password=None, post_id=post, since=date(2018, 1, 1)) for post in free])
    return holders | dict(zip(free, people, strict=True))


def _round(campaign: str, period: str) -> RoundToOpen:
    today = clock.today()
    return RoundToOpen(
        campaign=campaign, template_code=SubjectKind.INDUSTRY.value, region_id=directory().root().id,
        period=period, name=f"测试期 {period}", opens_on=today, due_on=today, locked_on=today.replace(month=12),
        actor=NOBODY,
    )


def fold_all() -> None:
    """Bring all counts together, so that what was written is in nobody's way afterwards (as the owner)."""
    while fold():
        pass


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
