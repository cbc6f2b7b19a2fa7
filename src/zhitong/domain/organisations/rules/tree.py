"""A subtree of the organisation as one document, and what another document would change in it. Pure.

The document names everything by code or login, holds no ids and no secrets, and reads back to exactly itself. What it leaves
out stays as it is: regions and units are founded and dissolved by acts of their own; only who sits in a post that it names is
made to be as it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from zhitong.domain.organisations.rules.kinds import PostKind, Subordination, UnitKind
from zhitong.domain.organisations.rules.staffing import keeper_trouble
from zhitong.kit.choices import Word

FORM, FORM_VERSION = "zhitong-organisation", 1
MOST_ROWS = 20_000
LONGEST = {"name": 120, "short": 60, "title": 60, "login": 60, "code": 80, "person": 40}


class Change(Word):
    """What a document would do to a thing."""

    ADD = "add", "新增"
    CHANGE = "change", "修改"
    END = "end", "结束"
    REFUSED = "refused", "不能办"


class TreeFact(Word):
    """What is recorded of taking in a document."""

    TAKEN_IN = "organisation.taken_in", "导入组织机构"


@dataclass(frozen=True, slots=True, order=True)
class TreeRegion:
    """A region with the one it reports to; an empty parent: the root."""

    code: str
    name: str
    short: str
    rank: str
    kind: str
    parent: str


@dataclass(frozen=True, slots=True, order=True)
class TreeUnit:
    """A unit with the lines it keeps; `all_lines`: every one, without naming them."""

    code: str
    name: str
    short: str
    kind: str
    region: str
    subordination: str = "territorial"
    host: str = ""
    contact_unit: str = ""
    all_lines: bool = False
    lines: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class TreePost:
    """A post of a unit, with the logins of who sits in it, in order."""

    unit: str
    title: str
    kind: str
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class TreePerson:
    """A person by login."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A subtree: the region it hangs on and everything in it, each part in order."""

    region: str
    regions: tuple[TreeRegion, ...] = ()
    units: tuple[TreeUnit, ...] = ()
    posts: tuple[TreePost, ...] = ()
    people: tuple[TreePerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would change: `fields` has the old and the new words; of a refused one `why` is the sentence."""

    what: str
    key: str
    change: Change
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    why: str = ""


class UnreadableTree(ValueError):
    """The document is none of ours, or something in it cannot be read; the message is a sentence."""


_PARTS: dict[str, type[Any]] = {"regions": TreeRegion, "units": TreeUnit, "posts": TreePost, "people": TreePerson}
_WORDS: dict[tuple[str, str], type[Word]] = {
    ("units", "kind"): UnitKind, ("units", "subordination"): Subordination, ("posts", "kind"): PostKind,
}


def told(tree: Tree) -> dict[str, Any]:
    """The document of a subtree."""
    parts = {name: [_row_told(one) for one in getattr(tree, name)] for name in _PARTS}
    return {"form": FORM, "version": FORM_VERSION, "region": tree.region, **parts}


def read(document: Any) -> Tree:
    """The subtree that a document tells. Raises UnreadableTree, with the place."""
    if not isinstance(document, Mapping) or document.get("form") != FORM or document.get("version") != FORM_VERSION:
        raise UnreadableTree("这不是组织机构文件。请用本系统导出的 JSON 或 Excel，改好后再导入。")
    parts = {name: tuple(sorted(_rows(name, document.get(name, [])))) for name in _PARTS}
    if sum(map(len, parts.values())) > MOST_ROWS:
        raise UnreadableTree(f"一次最多导入{MOST_ROWS}行。请按下级地区分几次导入。")
    _refuse_doubles(parts)
    return Tree(region=_text(document.get("region", ""), "region", "code"), **parts)


def differences(
    now: Tree, wanted: Tree, *, own_login: str, own_region: str, known_logins: Mapping[str, str], lines: Iterable[str]
) -> list[Difference]:
    """What a document would change, refused ones among them, in the order in which it is done.

    `own_login`, `own_region`: of who takes it in. `known_logins`: names of everybody with a login that the document names, also
    outside the subtree.
    """
    found = [*_of_regions(now, wanted), *_of_units(now, wanted, set(lines)), *_of_people(now, wanted, known_logins)]
    logins = {one.login for one in wanted.people} | set(known_logins)
    return [*found, *_of_posts(now, wanted, own_login, own_region, logins)]


def _of_regions(now: Tree, wanted: Tree) -> Iterator[Difference]:
    here = {one.code: one for one in now.regions}
    for one in wanted.regions:
        if one.code not in here:
            yield Difference("region", one.code, Change.REFUSED, why="本辖区没有这个区划。区划的增减由活动包载入，不在这里办。")
            continue
        changed = _changed(here[one.code], one)
        if set(changed) - {"name", "short"}:
            yield Difference("region", one.code, Change.REFUSED, changed, "这里只改区划的名称和简称；级别和隶属由活动包载入。")
        elif changed:
            yield Difference("region", one.code, Change.CHANGE, changed)


def _of_units(now: Tree, wanted: Tree, lines: set[str]) -> Iterator[Difference]:
    here, regions = {one.code: one for one in now.units}, {one.code for one in now.regions}
    codes = set(here) | {one.code for one in wanted.units}
    for one in wanted.units:
        why = ""
        if one.region not in regions:
            why = f"“{one.region}”不是本辖区的区划代码。"
        elif set(one.lines) - lines:
            why = f"没有代码为“{sorted(set(one.lines) - lines)[0]}”的条线。"
        elif {one.host, one.contact_unit} - codes - {""}:
            why = "依托单位、对口联系单位须在本辖区，或者在这份文件里。"
        elif one.code not in here and one.kind == UnitKind.SERVED.value:
            why = "服务对象由登记产生，不在这里新增。"
        if why:
            yield Difference("unit", one.code, Change.REFUSED, why=why)
        elif one.code not in here:
            yield Difference("unit", one.code, Change.ADD, {"name": ("", one.name)})
        elif changed := _changed(here[one.code], one):
            fixed = set(changed) & {"kind", "region", "subordination"}
            yield Difference(
                "unit", one.code, Change.REFUSED if fixed else Change.CHANGE, changed,
                "单位的性质、所在区划和管理体制不在这里改。请撤销原单位，另设新单位。" if fixed else "",
            )


def _of_people(now: Tree, wanted: Tree, known: Mapping[str, str]) -> Iterator[Difference]:
    here = {one.login: one.name for one in now.people}
    for one in wanted.people:
        name = here.get(one.login, known.get(one.login))
        if name is None:
            yield Difference("person", one.login, Change.ADD, {"name": ("", one.name)})
        elif name != one.name and one.login not in here:
            yield Difference("person", one.login, Change.REFUSED, why="这个登录名是本辖区以外的人的，姓名对不上。请核对，或换一个登录名。")
        elif name != one.name:
            yield Difference("person", one.login, Change.CHANGE, {"name": (name, one.name)})


def _of_posts(now: Tree, wanted: Tree, own_login: str, own_region: str, logins: set[str]) -> Iterator[Difference]:
    here = {(one.unit, one.title): one for one in now.posts}
    units = {one.code: one.region for one in (*wanted.units, *now.units)}
    for one in wanted.posts:
        old = here.get((one.unit, one.title))
        before, after = set(old.holders) if old else set(), set(one.holders)
        key = f"{one.unit} {one.title}"
        why = "" if one.unit in units else f"“{one.unit}”不是本辖区的单位代码。"
        is_own = units.get(one.unit) == own_region
        why = why or _trouble_of_post(old, one, before ^ after, own_login, is_own_region=is_own) or _unknown(after - logins)
        if why:
            yield Difference("post", key, Change.REFUSED, why=why)
            continue
        if old is None:
            yield Difference("post", key, Change.ADD)
        yield from (Difference("tenure", f"{key} {login}", Change.END) for login in sorted(before - after))
        yield from (Difference("tenure", f"{key} {login}", Change.ADD) for login in sorted(after - before))


def _trouble_of_post(old: TreePost | None, new: TreePost, moved: set[str], own_login: str, *, is_own_region: bool) -> str:
    if old and old.kind != new.kind:
        return "岗位的种类不能改。请另设岗位。"
    if (moved or old is None) and (trouble := keeper_trouble(PostKind(new.kind), is_own_region=is_own_region)):
        return trouble
    if moved and new.kind == PostKind.AUDITOR.value:
        return "审计管理员不用文件任免。请在“单位与人员”里逐人办理。"
    return "不能用导入改变您自己的岗位。请由上一级系统管理员办理。" if own_login in moved else ""


def _unknown(logins: set[str]) -> str:
    return f"“{min(logins)}”不在人员里。请在 people 里写明登录名和姓名。" if logins else ""


def _changed(old: Any, new: Any) -> dict[str, tuple[str, str]]:
    pairs = {one.name: (getattr(old, one.name), getattr(new, one.name)) for one in fields(old)}
    return {name: (_words(before), _words(after)) for name, (before, after) in pairs.items() if before != after}


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _row_told(row: Any) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(row).items()}


def _rows(part: str, rows: Any) -> Iterator[Any]:
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise UnreadableTree(f"{part} 应为一个列表。")
    known = {one.name: one for one in fields(_PARTS[part])}
    for number, row in enumerate(rows, 1):
        place = f"{part} 第{number}行"
        if not isinstance(row, Mapping) or set(row) - set(known):
            raise UnreadableTree(f"{place}：有不认得的内容。每行只写 {'、'.join(known)}。")
        try:
            yield _PARTS[part](**{name: _value(part, name, value, place) for name, value in row.items()})
        except TypeError:
            raise UnreadableTree(f"{place}：没有写全。每行要有 {'、'.join(known)}。") from None


def _value(part: str, name: str, value: Any, place: str) -> Any:
    if name == "all_lines":
        if not isinstance(value, bool):
            raise UnreadableTree(f"{place}：all_lines 应为 true 或 false。")
        return value
    if name in ("lines", "aliases", "holders"):
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise UnreadableTree(f"{place}：{name} 应为一个列表。")
        return tuple(sorted({_text(one, place, "name") for one in value}))
    text = _text(value, place, "person" if part == "people" and name == "name" else name)
    words = _WORDS.get((part, name))
    if words and text not in {str(word.value) for word in words}:
        raise UnreadableTree(f"{place}：{name} 没有“{text[:20]}”这一项。")
    if not text and name in ("code", "name", "unit", "title", "login"):
        raise UnreadableTree(f"{place}：{name} 不能为空。")
    return text


def _text(value: Any, place: str, name: str) -> str:
    if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST.get(name, 120):
        raise UnreadableTree(f"{place}：{name} 应为不超过{LONGEST.get(name, 120)}字的文字。")
    return value.strip()


def _refuse_doubles(parts: Mapping[str, tuple[Any, ...]]) -> None:
    keys: dict[str, list[Any]] = {
        "regions": [one.code for one in parts["regions"]], "units": [one.code for one in parts["units"]],
        "posts": [(one.unit, one.title) for one in parts["posts"]], "people": [one.login for one in parts["people"]],
    }
    for part, found in keys.items():
        if len(set(found)) < len(found):
            double = next(one for one in found if found.count(one) > 1)
            raise UnreadableTree(f"{part} 里“{double if isinstance(double, str) else ' '.join(double)}”写了两次。")
