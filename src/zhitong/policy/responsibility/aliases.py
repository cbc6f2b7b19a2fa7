"""One unit under several names: 发改委, 发展改革委 and 发展和改革委员会 of one level are one; what could be two stays unlinked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from zhitong.policy.responsibility.names import PLACE_END, field_of, is_collective, prefix_of, without_sub_unit
from zhitong.policy.responsibility.stems import SHORT_NAMES
from zhitong.policy.shapes import Responsible

_OFFICES = (
    re.compile(r"(?:委员会|委|厅|总局|局|办公室|办|部门|部)$"),
    re.compile(r"(?:管理|工作|服务)(?:委员会|委|厅|总局|局|办公室|办|部门|部)$"),
)
_SHORTER = (
    ("人民政府", "政府"), ("管理委员会", "管委会"), ("委员会", "委"), ("办公室", "办"), ("总局", "局"), ("管理局", "局"),
    ("股份", ""), ("有限责任公司", "公司"), ("有限公司", "公司"), ("集团公司", "集团"),
)  # fmt: skip
_RULING = frozenset({"人民政府", "管理委员会", "党工", "街道办事处", "组织", "宣传"})
"""Bodies that have an office of their own: 市政府办公室 is not 市政府."""
_RULING_SHORT = frozenset({"政府", "政府办", "管委会", "管委会办", "党委", "党工委"})
_OF_PLACE = frozenset({"管委会", "政府"})
"""Who is meant where a paper prints only the place."""
_LEAST_LIKE = 3
"""A name cut shorter than this is no name: 交通厅, 人社局."""


@dataclass(frozen=True)
class _Parts:
    """A unit's name taken apart: the place or level, the rest in its shortest writing, and the standard organ, if it is one."""

    prefix: str
    rest: str
    organ: str | None


def with_aliases(responsible: Iterable[Responsible], known: Collection[str]) -> tuple[Responsible, ...]:
    """The same units, each with the known name it is another writing of; a name that is known itself, and one that
    fits several, get none.

    known: the names of a registry, or a paper's own (`principal_names`). Cost: the first call with a collection reads it
    through, later ones compare a name with the known ones of its first character.
    """
    directory = _directory(frozenset(known))
    return tuple(
        one if one.is_collective else replace(one, alias_of=directory.known_as(one.name)) for one in responsible
    )


def principal_names(printed: Iterable[str]) -> frozenset[str]:
    """Of the names in a paper those by which its units go: of several for one unit the most printed, then the longest.

    Collective nouns are nobody's names and are left out.
    """
    counts = Counter(name for name in printed if not is_collective(name))
    kept: list[str] = []
    for name in sorted(counts, key=lambda one: (-counts[one], -len(one), one)):
        if not any(_are_one(_parts(name), _parts(other)) for other in kept):
            kept.append(name)
    return frozenset(kept)


class _Directory:
    """Known names by what they begin with behind their place."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.by_first: dict[str, list[tuple[str, _Parts]]] = {}
        self.by_organ: dict[str, list[tuple[str, _Parts]]] = {}
        for name in sorted(known):
            parts = _parts(name)
            self.by_first.setdefault(parts.rest[:1], []).append((name, parts))
            if parts.organ:
                self.by_organ.setdefault(parts.organ, []).append((name, parts))

    @lru_cache(maxsize=4096)  # noqa: B019 - directories are few and cached themselves
    def known_as(self, name: str) -> str | None:
        """The one known name that means the same unit, or None."""
        if name in self.known:
            return None
        parts = _parts(name)
        found = {other: theirs for other, theirs in self._near(parts) if _are_one(parts, theirs)}
        if not found and not parts.prefix and len(name) > _LEAST_LIKE + 1:
            found = {other: _parts(other) for other in self.known if other.endswith(name)}
        same_place = [other for other, theirs in found.items() if theirs.prefix == parts.prefix]
        best = same_place or list(found)
        return best[0] if len(best) == 1 else None

    def _near(self, parts: _Parts) -> Iterator[tuple[str, _Parts]]:
        for first in (parts.rest[:1], *(() if parts.rest else ("管", "政"))):
            yield from self.by_first.get(first, ())
        if parts.rest in _OF_PLACE:
            yield from self.by_first.get("", ())
        if parts.organ:
            yield from self.by_organ.get(parts.organ, ())


@lru_cache(maxsize=8)
def _directory(known: frozenset[str]) -> _Directory:
    return _Directory(known)


@lru_cache(maxsize=4096)
def _parts(name: str) -> _Parts:
    bare = without_sub_unit(name).removeprefix("中共").removeprefix("国家")
    prefix = bare if PLACE_END.search(bare) and not is_collective(bare) else prefix_of(bare) or ""
    rest = bare[len(prefix) :]
    below = rest.removeprefix("人民").removeprefix("政府")
    organ = _organ(rest) or _organ(below)
    for long, short in _SHORTER:
        rest = rest.replace(long, short)
    return _Parts(prefix, rest, organ)


def _organ(rest: str) -> str | None:
    """The standard organ a name means: its field and an office's ending, and nothing between."""
    fields = [rest, *(rest[: found.start()] for shape in _OFFICES if (found := shape.search(rest)))]
    return next((organ for field in fields if (organ := SHORT_NAMES.get(field)) and organ not in _RULING), None)


def _are_one(one: _Parts, other: _Parts) -> bool:
    """Whether two names can mean one unit: places that agree, and one standard organ or one name cut from the other."""
    if not _agree(one.prefix, other.prefix):
        return False
    if one.rest == other.rest or (one.organ and one.organ == other.organ):
        return True
    if not one.rest or not other.rest:
        return one.rest + other.rest in _OF_PLACE
    if field_of(one.rest) and field_of(other.rest) and one.organ and other.organ:
        return False
    if one.rest in _RULING_SHORT or other.rest in _RULING_SHORT:
        return False
    short, long = sorted((one.rest, other.rest), key=len)
    return len(short) >= _LEAST_LIKE and short[0] == long[0] and short[-1] == long[-1] and _is_cut_from(short, long)


def _agree(one: str, other: str) -> bool:
    """省 and 演示省, 临港新区 and 演示临港新区; a name without a place agrees with any."""
    return one.endswith(other) or other.endswith(one)


def _is_cut_from(short: str, long: str) -> bool:
    """Whether the characters of the short name stand in the long one in the same order."""
    rest = iter(long)
    return all(mark in rest for mark in short)
