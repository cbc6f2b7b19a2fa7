"""Refusals: an act that may not happen says so in a sentence a person can read, and changes nothing."""

from __future__ import annotations


class Refused(Exception):
    """The act may not happen; `sentence` names the reason and the way on. Doors answer 409."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(Refused):
    """The thing is not there, or not there for this viewer: the two are never told apart. Doors answer 404."""

    def __init__(self, sentence: str = "没有找到这项内容，或者不在您的查看范围内。") -> None:
        super().__init__(sentence)


class BadInput(Refused):
    """What was sent cannot be taken; `fields` has a sentence for each field that is wrong. Doors answer 422."""

    def __init__(self, sentence: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = fields or {}
