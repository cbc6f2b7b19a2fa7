"""Where somebody holds and held posts: whose territory he was of, once he sits nowhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.models import Person, Substitution, Tenure


def places_of(person_id: UUID) -> list[UUID]:
    """The regions of all posts that somebody ever held, those held last first; one query."""
    rows = Tenure.objects.filter(person_id=person_id).order_by("-since", "-id")
    return list(dict.fromkeys(rows.values_list("post__unit__region_id", flat=True)))


def units_of(person_id: UUID) -> dict[UUID, str]:
    """The units of all posts that somebody ever held, by id, with their names; one query."""
    return dict(Tenure.objects.filter(person_id=person_id).values_list("post__unit_id", "post__unit__name"))


def posts_still_held(person_id: UUID, today: date) -> list[str]:
    """The titles of posts that somebody holds, will hold or stands in for, with their units; two queries."""
    lasting = Q(until__isnull=True) | Q(until__gte=today)
    held = Tenure.objects.filter(lasting, person_id=person_id, post__ended_on__isnull=True)
    instead = Substitution.objects.filter(person_id=person_id, until__gte=today, ended_at__isnull=True)
    return [f"{unit}{title}" for rows in (held, instead) for unit, title in rows.values_list("post__unit__name", "post__title")]


def person_named(login: str) -> tuple[UUID, str] | None:
    """The person of a login, still let in or not, with the name; one query. Whose business it is the caller asks."""
    row: tuple[UUID, str] | None = Person.objects.filter(login=login).values_list("id", "name").first()
    return row
