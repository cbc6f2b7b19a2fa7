"""How the acts of honest closing are tried: first contact, check, silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhitong.domain.problems.actions import contacting, settling
from zhitong.domain.problems.rules.kinds import CheckedBy
from zhitong.domain.problems.rules.way import Act
from zhitong.rehearsal.storm.trying import Chance, Try, nothing, said


def _checking(words: str) -> Callable[[Chance], dict[str, Any]]:
    return lambda chance: {"checked_by": chance.random.choice(list(CheckedBy)), words: chance.words()}


TRIES: Mapping[Act, Try] = {
    Act.CONTACT: Try(contacting.contact, contacting.Contact, said("contact")),
    Act.CONFIRM_CONTACT: Try(contacting.confirm_contact, contacting.SayContact, nothing),
    Act.VOID_CONTACT: Try(contacting.void_contact, contacting.SayContact, nothing),
    Act.VERIFY: Try(settling.verify, settling.Verify, _checking("checked")),
    Act.FIND_WANTING: Try(settling.find_wanting, settling.FindWanting, _checking("reason")),
    Act.CLOSE_UNRATED: Try(settling.close_unrated, settling.CloseUnrated, _checking("checked")),
}
