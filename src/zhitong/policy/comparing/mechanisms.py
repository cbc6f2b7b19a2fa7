"""The safeguarding part: how the campaign is led, watched and reported, heading against heading, clause against clause."""

from __future__ import annotations

from collections.abc import Iterator

from zhitong.policy.comparing.clauses import text_differences
from zhitong.policy.comparing.shapes import Difference, Pairing
from zhitong.policy.ground.likeness import Rarity, dice, plain, quoted
from zhitong.policy.ground.standing import SAFEGUARDS, Ground, heading_of
from zhitong.policy.shapes import Section, Span

SURE = 0.25
TITLE = 0.5
ALIKE = 0.92


def mechanism_pairings(upper: Ground, lower: Ground) -> list[Pairing]:
    """Every heading of the upper safeguarding part with its counterpart, then those only the lower paper has."""
    ours, theirs = mechanisms_of(upper), mechanisms_of(lower)
    found = _counterparts(upper, ours, lower, theirs)
    pairings = []
    for one in ours:
        other = found.get(one.id)
        if other is None:
            pairings.append(Pairing(one.id, (), "missing"))
            continue
        differences = tuple(_differences(upper, one, lower, other))
        same = not differences and dice(_words(upper, one), _words(lower, other)) >= ALIKE
        pairings.append(Pairing(one.id, (other.id,), "same" if same else "adapted", differences))
    taken = {other.id for other in found.values()}
    return pairings + [Pairing(None, (other.id,), "local_only") for other in theirs if other.id not in taken]


def mechanisms_of(ground: Ground) -> list[Section]:
    """The second-level headings of the safeguarding part, or the part itself where it has none."""
    parts = [(start, end) for start, end in ground.parts(SAFEGUARDS)]
    held = [one for one in ground.plan.sections if any(start < one.start < end for start, end in parts)]
    top = min((one.level for one in held), default=0)
    whole = [one for one in ground.plan.sections if any(one.start == start for start, _end in parts)]
    bare = [one for one in whole if not any(one.start < each.start for each in held)] if not held else []
    return [one for one in held if one.level == top] or bare


def _span(ground: Ground, section: Section) -> Span:
    """The heading with all below it, up to the next heading of its level or above."""
    following = [one.start for one in ground.plan.sections if one.start > section.start and one.level <= section.level]
    return section.start, min(following, default=max(len(ground.plan.text), section.end))


def _words(ground: Ground, section: Section) -> str:
    start, end = _span(ground, section)
    return ground.text[start:end]


def _counterparts(upper: Ground, ours: list[Section], lower: Ground, theirs: list[Section]) -> dict[str, Section]:
    rarity = Rarity([_words(ground, one) for ground, sections in ((upper, ours), (lower, theirs)) for one in sections])
    bonds = sorted(
        (-_strength(rarity, upper, one, lower, other), one.start, other.start, one, other) for one in ours for other in theirs
    )  # fmt: skip
    found: dict[str, Section] = {}
    taken: set[str] = set()
    for strength, _one_at, _other_at, one, other in bonds:
        if -strength >= SURE and one.id not in found and other.id not in taken:
            found[one.id] = other
            taken.add(other.id)
    return found


def _strength(rarity: Rarity, upper: Ground, one: Section, lower: Ground, other: Section) -> float:
    words = rarity.likeness(_words(upper, one), _words(lower, other))
    return TITLE * rarity.likeness(one.title, other.title) + (1 - TITLE) * words


def _differences(upper: Ground, one: Section, lower: Ground, other: Section) -> Iterator[Difference]:
    """Clauses of one paper that the other does not say again; the title where it changed."""
    if plain(one.title) != plain(other.title):
        why = f"标题由{quoted(one.title)}改为{quoted(other.title)}。"
        yield Difference("title", one.title, other.title, "changed", why, heading_of(one), heading_of(other))
    yield from text_differences(upper, _below(upper, one), lower, _below(lower, other))


def _below(ground: Ground, section: Section) -> Span:
    return heading_of(section)[1], _span(ground, section)[1]
