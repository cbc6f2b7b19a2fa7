"""Looking at a read card with suspicion: beside the last one, across its own sums, among its peers.

Places are codes of fields; each has one sentence, the first found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zhitong.domain.cards.rules.kinds import FIGURES, Weight
from zhitong.domain.cards.rules.peers import Peers, measured
from zhitong.domain.cards.rules.suspicions import AgainstLast, AmongPeers, Sum
from zhitong.domain.cards.rules.templates import Field, Template


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the card itself: the last one of the same template, whether of the same year, and peers."""

    last: Mapping[str, object] = field(default_factory=dict)
    is_same_year: bool = False
    peers: Peers = field(default_factory=dict)


NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Suspected:
    """A place, what is to be said of it, and whether it stops the sending."""

    place: str
    say: str
    weight: Weight = Weight.WARNING


def suspected(template: Template, values: Mapping[str, object], known: Known) -> Iterator[Suspected]:
    """Everything worth asking of a card whose clean values are these."""
    fields = {one.code: one for one in template.fields() if one.kind in FIGURES}
    found = template.suspicions
    for total in found.sums:
        yield from _beside_whole(total, values)
    for one in found.against_last:
        yield from _beside_last(one, fields, values, known)
    for asked in found.among_peers:
        yield from _among_peers(asked, values, known)


def _beside_whole(one: Sum, values: Mapping[str, object]) -> Iterator[Suspected]:
    parts = [_number(values.get(code)) for code in one.parts]
    whole = _number(values.get(one.whole))
    there = [part for part in parts if part is not None]
    if whole is None or not there:
        return
    total = sum(there, Decimal())
    holds = total <= whole if one.must == "<=" else total == whole or len(there) < len(parts)
    if not holds:
        yield Suspected(one.whole, one.say, one.weight)


def _beside_last(
    one: AgainstLast, fields: Mapping[str, Field], values: Mapping[str, object], known: Known
) -> Iterator[Suspected]:
    for code in one.fields:
        now, last = _number(values.get(code)), _number(known.last.get(code))
        if now is None or last is None or code not in fields or not (fields[code].stock or known.is_same_year):
            continue
        times = _times(now, last)
        if times and times >= one.times:
            moved = "是上期的{}倍" if abs(now) > abs(last) else "只有上期的{}分之一"
            yield Suspected(code, f"“{fields[code].label}”{moved.format(format(times.normalize(), 'f'))}，{one.say}")


def _times(now: Decimal, last: Decimal) -> Decimal | None:
    """How many times the larger is the smaller, to one decimal; None where one is zero or the sign has changed."""
    if not now or not last or (now > 0) != (last > 0):
        return None
    return (max(abs(now), abs(last)) / min(abs(now), abs(last))).quantize(Decimal("0.1"))


def _among_peers(one: AmongPeers, values: Mapping[str, object], known: Known) -> Iterator[Suspected]:
    beside = known.peers.get((one.field, one.per))
    figure = measured(values, one.field, one.per)
    if beside is not None and figure is not None and beside.is_far(figure, one.far):
        yield Suspected(one.field, one.say)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return Decimal(value)
