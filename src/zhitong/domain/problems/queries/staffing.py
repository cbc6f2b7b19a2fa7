"""What a document of the organisation would change, and who may not leave by it because work would be left behind (R-B5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.tree import differences_of, tree_of
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.organisations.rules.tree import Change, Difference, Tree, TreePost
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.handing import open_with
from zhitong.domain.subjects.queries.caring import names_in_care


def differences_with_work(viewer: Viewer, wanted: Tree, *, today: date) -> list[Difference]:
    """The differences of a document; an end that would leave work without anybody is refused. Raises NotFound: see `tree_of`."""
    found = differences_of(viewer, wanted, today=today)
    ends = [one for one in found if one.what == "tenure" and one.change is Change.END]
    if not ends:
        return found
    refused = {one.key: one for one in _left_behind(ends, tree_of(viewer, wanted.region, today=today), wanted)}
    return [refused.get(one.key, one) if one.change is Change.END else one for one in found]


def _left_behind(ends: Sequence[Difference], now: Tree, wanted: Tree) -> Iterator[Difference]:
    """Those of the ends that leave something behind, refused with why."""
    kept = {(one.unit, one.title): one for one in (*now.posts, *wanted.posts)}.values()
    staying, handling = _holders(kept), _holders([one for one in kept if _handles(one)])
    names, units = {one.login: one.name for one in now.people}, {one.unit: directory().unit_coded(one.unit) for one in kept}
    in_care = names_in_care([unit.id for unit in units.values() if unit])
    handled = {(one.unit, login) for one in now.posts if _handles(one) for login in one.holders}
    for one in ends:
        code, login = one.key.split(" ", 1)[0], one.key.rsplit(" ", 1)[1]
        unit, name = units[code], names[login]
        if unit is None:
            continue
        if login not in staying[code] and (unit.id, name) in in_care:
            yield replace(one, change=Change.REFUSED, why=f"{name}是分包帮扶的责任人或联络员。请先在“交接”里办理岗位交接。")
        elif (code, login) in handled and not handling[code] and open_with(unit.id):
            yield replace(one, change=Change.REFUSED, why=f"{unit.name}还有在办问题，{name}走后没有承办人员。请先在“交接”里办理岗位交接。")


def _holders(posts: Iterable[TreePost]) -> dict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for one in posts:
        found[one.unit] |= set(one.holders)
    return found


def _handles(post: TreePost) -> bool:
    unit = directory().unit_coded(post.unit)
    return unit is not None and Permission.HANDLE in permissions_of(unit.kind, PostKind(post.kind))
