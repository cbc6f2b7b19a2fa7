"""Taking in a document of a subtree: all that differs is done in one go, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.auditing import refuse_double
from zhitong.domain.organisations.actions.dissolving import mark_changed
from zhitong.domain.organisations.models import Line, LineKept, Person, Post, Region, Tenure, Unit, UnitAlias
from zhitong.domain.organisations.queries.tree import differences_of
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.tree import Change, Difference, Tree, TreeFact, TreePost, TreeUnit
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import Refused


class CannotTakeIn(Refused):
    """Something in the document may not be done, so nothing of it was."""

    def __init__(self, refused: Sequence[Difference]) -> None:
        first = refused[0]
        super().__init__(f"有{len(refused)}处不能办，没有导入。第一处：{first.key}，{first.why}请先看对照，改好后再导入。")


@transaction.atomic
def take_in(viewer: Viewer, wanted: Tree, *, actor: Actor, now: datetime) -> list[Difference]:
    """Make the subtree what a document says, where it says something; returns what was changed, nothing the second time.

    New people come without a password: they are given one, or invited. Tenures that end do so the day before.
    Raises NotYours: the post does not administer. Raises NotFound: the region is not within its territory.
    Raises CannotTakeIn. Raises WatchesHimself: an auditor would hold another post.
    """
    require(viewer, Permission.ADMINISTER)
    found = refuse_any(differences_of(viewer, wanted, today=day_of(now)))
    if not found:
        return []
    touched = {what: {one.key for one in found if one.what == what} for what in ("region", "unit", "person")}
    for region in wanted.regions:
        if region.code in touched["region"]:
            Region.objects.filter(code=region.code).update(name=region.name, short=region.short)
    _keep_units([one for one in wanted.units if one.code in touched["unit"]], now)
    for person in wanted.people:
        if person.login in touched["person"]:
            Person.objects.update_or_create(
                login=person.login, defaults={"name": person.name},
                create_defaults={"name": person.name, "password": make_password(None)},
            )
    moved = {one.key.rsplit(" ", 1)[0] for one in found if one.what == "tenure"} | {one.key for one in found if one.what == "post"}
    _keep_posts([one for one in wanted.posts if f"{one.unit} {one.title}" in moved], now)
    mark_changed()
    record(
        str(TreeFact.TAKEN_IN), thing_kind="region", thing_id=Region.objects.get(code=wanted.region).id, actor=actor, at=now,
        body={"counts": {str(kind.value): sum(one.change is kind for one in found) for kind in Change}},
        details={"differences": "\n".join(f"{one.change.label} {one.what} {one.key}" for one in found)},
    )
    return found


def refuse_any(found: list[Difference]) -> list[Difference]:
    """The differences, all of which may be done. Raises CannotTakeIn: one may not."""
    refused = [one for one in found if one.change is Change.REFUSED]
    if refused:
        raise CannotTakeIn(refused)
    return found


def _keep_units(units: Sequence[TreeUnit], now: datetime) -> None:
    """Found or change units; hosts and contacts are set once all of them are there."""
    regions = dict(Region.objects.values_list("code", "id"))
    for one in units:
        Unit.objects.update_or_create(
            code=one.code, defaults={"name": one.name, "short": one.short, "keeps_all_lines": one.all_lines},
            create_defaults={
                "name": one.name, "short": one.short, "kind": one.kind, "region_id": regions[one.region],
                "keeps_all_lines": one.all_lines, "subordination": "territorial",
            },
        )
    named = {code for one in units for code in (one.code, one.host, one.contact_unit)}
    ids = dict(Unit.objects.filter(code__in=named).values_list("code", "id"))
    lines = dict(Line.objects.values_list("code", "id"))
    for one in units:
        unit_id = ids[one.code]
        Unit.objects.filter(id=unit_id).update(
            host_id=ids.get(one.host), contact_unit_id=ids.get(one.contact_unit), subordination=one.subordination,
        )
        _keep_lines(unit_id, regions[one.region], {lines[code] for code in one.lines}, now)
        UnitAlias.objects.filter(unit_id=unit_id).exclude(name__in=one.aliases).delete()
        UnitAlias.objects.bulk_create([UnitAlias(unit_id=unit_id, name=name) for name in one.aliases], ignore_conflicts=True)


def _keep_lines(unit_id: UUID, region_id: UUID, lines: set[UUID], now: datetime) -> None:
    kept = LineKept.objects.filter(unit_id=unit_id, until__isnull=True)
    kept.exclude(line_id__in=lines).update(until=day_of(now))
    new = lines - set(kept.values_list("line_id", flat=True))
    LineKept.objects.bulk_create([
        LineKept(unit_id=unit_id, region_id=region_id, line_id=line, since=day_of(now)) for line in sorted(new)
    ])


def _keep_posts(posts: Sequence[TreePost], now: datetime) -> None:
    today = day_of(now)
    units = dict(Unit.objects.filter(code__in={one.unit for one in posts}).values_list("code", "id"))
    people = dict(Person.objects.filter(login__in={login for one in posts for login in one.holders}).values_list("login", "id"))
    for one in posts:
        post, _is_new = Post.objects.get_or_create(
            unit_id=units[one.unit], title=one.title, ended_on=None, defaults={"kind": one.kind}
        )
        open_ones = Tenure.objects.filter(post=post, until__isnull=True)
        open_ones.exclude(person__login__in=one.holders).update(until=today - timedelta(days=1))
        seated = set(open_ones.values_list("person_id", flat=True))
        Tenure.objects.bulk_create([
            Tenure(post=post, person_id=people[login], since=today) for login in one.holders if people[login] not in seated
        ])
    refuse_double(people.values())
