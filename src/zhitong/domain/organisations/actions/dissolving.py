"""Ending a unit: on a day, with a successor that keeps its lines, hosts what it hosted and is asked in its place."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.organisations.models import LineKept, Post, Unit


def end_unit(*, unit_id: UUID, successor_id: UUID, on: date) -> None:
    """End a unit and give its lines, its hosted offices and its contacts to the successor; its posts end with it.

    Belongs inside the act that passes on its work; whether it may end is that act's question.
    """
    ending = Unit.objects.select_for_update().get(id=unit_id)
    keeps_all = ending.keeps_all_lines
    Unit.objects.filter(id=unit_id).update(ended_on=on, successor_id=successor_id, keeps_all_lines=False)
    if keeps_all:
        Unit.objects.filter(id=successor_id).update(keeps_all_lines=True)
    kept = list(LineKept.objects.filter(unit_id=unit_id, until__isnull=True).values_list("region_id", "line_id"))
    LineKept.objects.filter(unit_id=unit_id, until__isnull=True).update(until=on)
    LineKept.objects.bulk_create(
        [LineKept(unit_id=successor_id, region_id=region, line_id=line, since=on) for region, line in kept]
    )
    Unit.objects.filter(host_id=unit_id).update(host_id=successor_id)
    Unit.objects.filter(contact_unit_id=unit_id, ended_on__isnull=True).update(contact_unit_id=successor_id)
    Post.objects.filter(unit_id=unit_id, ended_on__isnull=True).update(ended_on=on)
    mark_changed()


def end_empty_unit(unit_id: UUID, *, on: date) -> None:
    """End a unit that leaves nothing behind, with its posts; whether it does is the caller's question."""
    Unit.objects.filter(id=unit_id, ended_on__isnull=True).update(ended_on=on)
    Post.objects.filter(unit_id=unit_id, ended_on__isnull=True).update(ended_on=on)
    mark_changed()


def mark_changed() -> None:
    """Let every process read the directory anew once all can see the change.

    Not before: what is read inside the transaction would outlive its rollback.
    """
    transaction.on_commit(next_version)


def next_version() -> None:
    """Say that the directory is another one than before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('organisations_version')")
