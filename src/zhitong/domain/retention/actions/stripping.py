"""Taking from somebody's account all by which he is reached or lets himself in; what he did stays."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session

from zhitong.domain.accounts.models import Factor, Identity, Knock, OwnPassword, RecoveryCode, Sitting
from zhitong.domain.feeds.models import Feed
from zhitong.domain.messaging.models import Address, Habit, Item, Message
from zhitong.domain.organisations.models import ApiToken, Person


def strip_account(person_id: UUID) -> int:
    """Telephone, password, second factor, linked identities, addresses, calendars and keys of somebody go; returns how many rows.

    For the worker, which sees every row. Sittings stay their term as a log, but end: nobody is signed in any longer.
    """
    person = Person.objects.select_for_update().get(id=person_id)
    person.phone, person.password = "", make_password(None)
    person.save(update_fields=["phone", "phone_digest", "password"])
    sessions = Sitting.objects.filter(person_id=person_id).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(sessions)).delete()
    owned = (OwnPassword, Factor, RecoveryCode, Identity, Knock, Message, Item, Address, Habit, Feed, ApiToken)
    return 1 + sum(model.objects.filter(person_id=person_id).delete()[0] for model in owned)
