"""Ways to the point where a story begins, and units by their codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from tests.cast import Story
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.climbing import Escalate, Propose, escalate, propose
from zhitong.domain.problems.actions.closing import Confirm, Reject, confirm, reject
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Rating

Raise = Callable[..., Story]
SAFETY = "130973400-safety"
"""A department of the park that does not host its office."""
PROPOSAL = {
    "step": Propose, "tried": "已协商两次", "power_missing": PowerMissing.AUTHORITY, "asked_for": "协调错峰方案",
}


def unit(code: str) -> UnitEntry:
    """A unit of the small world."""
    found = directory().unit_coded(code)
    assert found is not None, f"no unit {code}"
    return found


def unit_id(code: str) -> UUID:
    """The id of a unit of the small world."""
    return unit(code).id


def waiting(raised: Raise, **more: object) -> Story:
    """A matter that no rule sends: it waits at the desk of the park's office."""
    return raised(category="other", subject_kind="work", **more)


def acknowledged(story: Story, login: str = "park") -> Story:
    """Signed for."""
    story.does(login, acknowledge, Acknowledge, contact="已电话联系企业负责人")
    return story


def proposed(story: Story, login: str = "park") -> Story:
    """Signed for, and proposed to go up."""
    acknowledged(story, login).does(login, propose, **PROPOSAL)
    return story


def sent_up(story: Story, login: str = "park", office: str = "park_office") -> Story:
    """Sent up to the next level by the level's office."""
    proposed(story, login).does(office, escalate, Escalate, consent_by="演示主任", consent_on=date(2018, 4, 27))
    return story


def answered(story: Story, login: str = "park") -> Story:
    """Signed for and answered as solved."""
    acknowledged(story, login).does(login, complete, Complete, outcome=Outcome.SOLVED, text="已调整错峰方案。")
    return story


def rejected(story: Story) -> Story:
    """Answered or upheld, and the firm is not satisfied."""
    story.does("firm", reject, Reject, words="限电依旧")
    return story


def confirmed(story: Story) -> Story:
    """Answered, and the firm is satisfied."""
    answered(story).does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    return story


def of_safety(raised: Raise, outcome: Outcome = Outcome.SOLVED, **more: object) -> Story:
    """Answered by a department that does not host the park's office."""
    story = raised(category="work_safety")
    story.done_by(SAFETY, acknowledge, Acknowledge, contact="已联系")
    story.done_by(SAFETY, complete, Complete, outcome=outcome, text="已办理。", **more)
    return story


def confirmed_as(raised: Raise, outcome: Outcome, planned_on: date = date(2018, 10, 1)) -> Story:
    """Answered with an outcome, and the firm takes the answer."""
    more: dict[Outcome, dict[str, object]] = {
        Outcome.PLANNED: {"planned_on": planned_on}, Outcome.CANNOT: {"power_missing": PowerMissing.POLICY},
    }
    story = of_safety(raised, outcome, **more.get(outcome, {}))
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    return story
