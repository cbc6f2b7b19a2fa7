"""The categories a problem may have, by kind of subject."""

from __future__ import annotations

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.words import OneOf, Shape
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.subjects.rules.kinds import SubjectKind

router = Router()


class Category(Shape):
    """A category of problems of one kind of subject."""

    code: str
    label: str
    help: str


class Categories(Shape):
    """The categories in the campaign's order."""

    rows: list[Category]


@reads(router, "/categories", answer=Categories, summary="问题类别")
def categories(request: Request, kind: OneOf[SubjectKind]) -> Categories:
    """The categories of one kind of subject."""
    campaign = campaign_in_force()
    entries = rulebook(campaign.code).of_kind(str(kind.value)) if campaign else []
    return Categories(rows=[Category(code=one.code, label=one.label, help=one.help) for one in entries])
