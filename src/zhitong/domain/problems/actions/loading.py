"""Loading the rulebook of a campaign: categories, routing rules, limits; loading the same again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.organisations.models import Line
from zhitong.domain.problems.models import Category, LimitRow, RoutingRow, SampleRow
from zhitong.domain.problems.package import ProblemsPackage
from zhitong.domain.problems.rules.rulemaking import OFFICE
from zhitong.kit.keeping import Loaded, keep


@transaction.atomic
def load(package: ProblemsPackage, *, campaign: str) -> Loaded:
    """Make the rulebook kept for a campaign that of the package; running limits are not touched by a change."""
    lines = dict(Line.objects.values_list("code", "id"))
    loaded = keep(
        Category.objects.filter(campaign=campaign), ("campaign", "kind", "code"),
        {(campaign, one.kind, one.code): {"label": one.label, "help": one.help, "position": place}
         for place, one in enumerate(package.categories, 1)},
    )[1]
    loaded += _load_routing(package, campaign, lines)
    loaded += keep(
        LimitRow.objects.filter(campaign=campaign), ("campaign", "position"),
        {(campaign, place): {
            "stage": one.stage.value, "amount": one.amount, "unit": one.unit.value,
            "asks": {name: list(values) for name, values in one.asks.items()},
        } for place, one in enumerate(package.limits, 1)},
    )[1]
    loaded += keep(
        SampleRow.objects.filter(campaign=campaign), ("campaign", "kind"),
        {(campaign, one.kind.value): {"per_hundred": one.per_hundred, "at_least": one.at_least} for one in package.samples},
    )[1]
    if loaded:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('problems_rulebook_version')")
    return loaded


def _load_routing(package: ProblemsPackage, campaign: str, lines: Mapping[str, UUID]) -> Loaded:
    """The package's routing rules; an office that has made the rules its own keeps them."""
    rows = RoutingRow.objects.filter(campaign=campaign)
    if rows.filter(origin=OFFICE).exists():
        return Loaded()
    return keep(
        rows, ("campaign", "code"),
        {(campaign, one.code): {
            "position": place, "line_id": lines[one.lead], "joint": list(one.joint), "support": list(one.support),
            "direct": one.direct, "asks": {name: list(values) for name, values in one.asks.items()}, "words": one.words,
        } for place, one in enumerate(package.rules, 1)},
    )[1]
