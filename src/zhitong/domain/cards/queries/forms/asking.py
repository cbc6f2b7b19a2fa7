"""What every look at templates asks first: who may look, how many would fill in, which templates are live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings

from zhitong.domain.cards.models import Round, TemplateRow
from zhitong.domain.cards.rules.burden import Burden, burden_of
from zhitong.domain.cards.rules.collection import OBLIGATIONS
from zhitong.domain.cards.rules.templates import Template, template_of
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.queries.lists import numbers_at
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import NotFound


def ask_reader(viewer: Viewer) -> None:
    """Raises NotFound: the register is for offices and departments, not for the served."""
    if not (viewer.may(Permission.OVERSEE) or viewer.may(Permission.HANDLE)):
        raise NotFound


def reporters_of(viewer: Viewer) -> Mapping[str, int]:
    """How many of each kind the viewer's region holds; one query on tallies."""
    found = numbers_at(viewer, [viewer.region_id])
    return {str(kind): count for (_region, kind), count in found.items()}


def costs(template: Template, reporters: Mapping[str, int]) -> Burden:
    """The burden of a template for the reporters of its kind."""
    return burden_of(template, settings.CARD_SECONDS, reporters.get(template.kind, 0))


def live_templates(campaign: str, *, without: str = "") -> list[Template]:
    """The newest version of each template that is not ended, by code; one query."""
    rows = (
        TemplateRow.objects.filter(campaign=campaign, retired_at__isnull=True).exclude(code=without)
        .order_by("code", "-version").distinct("code").values_list("definition", flat=True)
    )
    return [template_of(definition) for definition in rows]


def owed_by_round(viewer: Viewer, round_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Cards owed in each round within the viewer's region; one query on tallies."""
    if not round_ids:
        return {}
    wanted: dict[str, Sequence[str]] = {"round": [str(one) for one in round_ids]}
    found = counts(OBLIGATIONS, [viewer.region_id], by=["round"], where=wanted)
    return {UUID(str(round_id)): count for (_node, round_id), count in found.items()}


def rounds_of(template_ids: Sequence[UUID]) -> list[Round]:
    """The rounds of templates, newest first; one query."""
    return list(Round.objects.filter(template_id__in=template_ids).order_by("-period", "-opens_on", "id"))
