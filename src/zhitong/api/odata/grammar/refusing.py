"""What an address may not ask, told in the words of the protocol: which option, and what is taken instead."""

from __future__ import annotations

from http import HTTPStatus

from zhitong.kit.refusals import Refused
from zhitong.kit.texts import echo


class Unreadable(Refused):
    """An option of the address cannot be read; `target` names it."""

    status = HTTPStatus.BAD_REQUEST
    code = "bad_option"

    def __init__(self, target: str, sentence: str) -> None:
        super().__init__(sentence)
        self.target = target


class NotOffered(Unreadable):
    """What OData knows and this feed does not do."""

    status = HTTPStatus.NOT_IMPLEMENTED
    code = "not_offered"


def quoted(text: str) -> str:
    """What was written, as a sentence repeats it."""
    return f"“{echo(text)}”"
