"""Lifting a wait: the system administrator of the territory lets somebody try again at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.accounts.models import Knock
from zhitong.domain.accounts.queries.administered import require_locks
from zhitong.domain.accounts.queries.waits import wait_opened
from zhitong.domain.accounts.rules.words import AccountFact
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer


@transaction.atomic
def lift(viewer: Viewer, knock_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Forget the failures that count together, so that nobody waits for them any longer.

    Raises NotYours: the post does not administer. Raises NotFound: it is not there for this viewer, or was lifted.
    """
    require_locks(viewer)
    found = wait_opened(viewer, knock_id, now=now)
    person_id = Knock.objects.filter(id=knock_id).values_list("person_id", flat=True).get()
    Knock.objects.filter(id=knock_id).delete()
    thing = ("person", person_id) if person_id else ("knock", knock_id)
    record(
        AccountFact.LIFTED.value, thing_kind=thing[0], thing_id=thing[1], actor=actor, at=now,
        body={"place": found.place, "failures": found.failures}, details={"login": found.login, "address": found.address},
    )
