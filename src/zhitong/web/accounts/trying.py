"""Tries of codes and passwords that are counted before they are made; what comes of one is said beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest

from zhitong.domain.accounts.actions.knocking import MustWait, knock_inside, note_failed_code
from zhitong.domain.organisations.queries import credentials_of
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, Refused
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.whereabouts import address_of

Outcome = TypeVar("Outcome")


def counted(request: HttpRequest, person_id: UUID, form: PlainForm, act: Callable[[], Outcome]) -> Outcome | None:
    """Do an act that tries a secret; None when it was refused, which the form then says."""
    now = clock.now()
    try:
        knocked = knock_inside(person_id, login=credentials_of(person_id).login, address=address_of(request), now=now)
    except MustWait as refused:
        form.add_error(None, refused.sentence)
        return None
    try:
        return act()
    except BadInput as refused:
        note_failed_code(knocked, person_id=person_id, now=now)
        for name, sentence in (refused.fields or {"": refused.sentence}).items():
            form.add_error(name if name in form.fields else None, sentence)
    except Refused as refused:
        form.add_error(None, refused.sentence)
    return None
