"""商请函: a letter to a body outside the territory chain, with a limit that is suggested and never enforced (R-B8)."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.bulletins.queries.letters.matter import Matter, matter, one_of, split_about
from zhitong.domain.bulletins.queries.letters.phrases import day, heading, moment, prose, said
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Part
from zhitong.domain.problems.rules.kinds import PartKind
from zhitong.kit.clock import day_of
from zhitong.kit.official.shapes import Document, Head, Style

_ROUNDS = {1: "", 2: "第二次"}


def consultation(viewer: Viewer, about: str, at: datetime) -> Document:
    """The newest letter until `at`, or the one at a place, from the contact unit, which stays accountable.

    Raises NotFound: the matter is not there for this official. Raises Refused: nobody had been consulted.
    """
    number, place = split_about(about)
    return consultation_of(matter(viewer, number, at), place)


def letters_sent(found: Matter) -> list[Part]:
    """The letters, oldest first."""
    return [one for one in found.parts if one.kind == PartKind.CONSULT.value]


def consultation_of(found: Matter, place: int = 0) -> Document:
    """The same of a matter in hand."""
    number, at = found.number, found.at
    part: Part = one_of(letters_sent(found), place, f"问题{number}在{moment(at)}没有商请过其他单位，没有商请函可出。")
    sender = found.unit(part.asked_by_id)
    suggested = f"建议贵单位于{moment(part.due_at)}前函复；因故不能按时函复的，请告知。" if part.due_at else "请贵单位函复。"
    again = f"此为{_ROUNDS.get(part.round, f'第{part.round}次')}商请。" if part.round > 1 else ""
    return Document(
        Style.LETTER, "关于商请协助解决企业反映问题的函",
        (
            said(
                f"我单位正在办理{found.outward_name}{day(day_of(found.standing.submitted_at))}反映的问题"
                f"（编号{number}，{found.category}）。因涉及贵单位职责，特商请协助。{again}"
            ),
            heading(0, "反映的问题"), *prose(found.text),
            heading(1, "商请事项"), *prose(part.asked_for),
            heading(2, "函复"), said(suggested), said(f"联系单位：{sender}。"),
            said("特此函商。"),
        ),
        head=Head(sender, part.letter), recipients=(found.unit(part.unit_id),), signed_by=sender,
        signed_on=day_of(part.asked_at),
    )
