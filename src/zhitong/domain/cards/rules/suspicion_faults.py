"""Whether what a template finds worth asking makes sense: figures of this card, at the places where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from zhitong.domain.cards.rules.kinds import FIGURES, FieldKind

SUMS = ("<=", "=")
_NAMED = {"against_last": ("fields",), "sums": ("parts", "whole"), "among_peers": ("field", "per")}

Said = tuple[str, str, str]
"""(place, key, sentence)"""


def suspicion_faults(definition: Mapping[str, Any], kinds: Mapping[str, FieldKind]) -> Iterator[Said]:
    """What makes no sense in a well-shaped definition whose fields are of these kinds."""
    for part, keys in _NAMED.items():
        for number, one in enumerate(definition.get(part, ())):
            place = f"{part}.{number}"
            for key in keys:
                yield from ((place, key, said) for said in _of_codes(_codes(one.get(key, "")), kinds))
            yield from ((place, *said) for said in _of_bounds(one))


def without_lost(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The definition without what names a field that it no longer has; of several fields compared alike the rest stay."""
    codes = {field["code"] for section in definition["sections"] for field in section["fields"]}
    kept = dict(definition)
    for part in _NAMED.keys() & kept.keys():
        kept[part] = [left for one in kept[part] if (left := _left(part, one, codes)) is not None]
    return kept


def _left(part: str, one: Mapping[str, Any], codes: set[str]) -> Mapping[str, Any] | None:
    if part == "against_last":
        fields = [code for code in one["fields"] if code in codes]
        return {**one, "fields": fields} if fields else None
    return one if all(code in codes for key in _NAMED[part] for code in _codes(one.get(key, ""))) else None


def _codes(written: Any) -> list[str]:
    return [str(one) for one in written] if isinstance(written, list) else [str(written)] if written else []


def _of_codes(codes: list[str], kinds: Mapping[str, FieldKind]) -> Iterator[str]:
    for code in codes:
        if code not in kinds:
            yield f"这张卡没有“{code}”这一栏，请改正。"
        elif kinds[code] not in FIGURES:
            yield f"“{code}”不是数，不能这样核对，请改正。"


def _of_bounds(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "times" in one and Decimal(str(one["times"])) <= 1:
        yield "times", "倍数（times）应大于1，否则每期都要核对，请改正。"
    if "must" in one and one["must"] not in SUMS:
        yield "must", f"合计写法里没有“{one['must']}”，只能是 {'、'.join(SUMS)}，请改正。"
    if "far" in one and Decimal(str(one["far"])) <= 0:
        yield "far", "远近（far）应大于0，请改正。"
