"""Names in a row share what is printed once: 甲市科技局、经发局; 东区、西区管委会; 各市、县(市、区)政府; 省委、省政府督查室."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhitong.policy.responsibility.marks import alike
from zhitong.policy.responsibility.names import (
    GENERIC_PLACE,
    ORGAN_END,
    PLACE_END,
    is_bare_field,
    prefix_of,
    takes_prefix,
    without_sub_unit,
)

_ZONE_HALL = re.compile(
    r".*?(?P<kind>新区|开发区|园区|工业园|产业园|高新区|经开区|[工港片]?[业区]|农场)(?P<hall>(?:党工委和|党工委、)?管委会?|管理委员会|党工委)"
)
_PLACE_HALL = re.compile(
    r".*?(?P<kind>[市县区州盟旗乡镇](?:\([^()]*\))?)(?P<hall>(?:党委和|党委、)?(?:人民)?政府|党委政府|党委)"
)
_STREET_HALL = re.compile(r".+?(?P<kind>(?P<hall>街道(?:办事处|办)))")
_STREET_END = re.compile(r"街道$")
_BARE_PLACE = re.compile(r"(?!.*(?:发改|财政|教育|公安))[\u4e00-\u9fff]{2,3}")
_TWIN_HALL = re.compile(r"(?P<place>.{0,8})(?:人民)?政府(?P<hall>(?:办公厅|.{0,4}[室局办]))")
_ZONE_END = re.compile(
    r"(?:新区|开发区|园区|工业园|产业园|高新区|经开区|工业区|度假区|示范区|功能区|合作区|[实试]验区|保税区|港区|管理区|农场)$"
)
_PLACE_END = re.compile(r"(?:[市县区州盟旗乡镇])(?:\([^()]*\))?$")
_PARTY_HALL = re.compile(r"(?:党委|党工委|管委会|(?<=[省市县区州旗乡镇])委)$")
_BARE_HALL = re.compile(r"(?:人民)?政府|管委会|办事处")
_OTHER_HALLS = frozenset({"管委会", "管理委员会", "办事处"})
_CIRCLE = re.compile(r"(?:部门|单位|机构|企业)$")
"""What closes the description of a circle of bodies."""
_FIELD_HALL = re.compile(r"(?P<hall>部门|[局委办厅])$")


def whole_names(words: Sequence[str], joined: Sequence[bool], is_open: Sequence[str | None]) -> list[str]:
    """The names in full, one for each word as printed.

    joined: whether the word is joined to the one before it by 、 or 和; is_open: what closes the list behind the word
    (等部门), or None.
    """
    names = [without_sub_unit(word) for word in words]
    _share_place(names, joined)
    for place in range(len(names) - 1, 0, -1):
        _share_ending(names, joined, place)
    for place, closed_by in enumerate(is_open):
        if closed_by and "部门" in closed_by:
            _share_departments(names, joined, place)
    _share_every(names, joined)
    _share_prefix(names)
    return names


def _share_place(names: list[str], joined: Sequence[bool]) -> None:
    """各乡镇党委、政府 → 各乡镇党委, 各乡镇政府: a hall without a place is the hall of the place before."""
    for place in range(1, len(names)):
        if joined[place] and (shared := _shared_circle(names[place - 1], names[place])):
            names[place] = shared
            continue
        found = _PARTY_HALL.search(names[place - 1])
        if found and joined[place] and _BARE_HALL.fullmatch(names[place]):
            names[place] = names[place - 1][: found.start()] + names[place]


def _shared_circle(before: str, bare: str) -> str | None:
    """各县政府、管委会 → 各管委会; 市直有关部门、单位 → 市直有关单位."""
    circle = _CIRCLE.search(before)
    if circle and _CIRCLE.fullmatch(bare):
        return before[: circle.start()] + bare
    is_other_hall = before.startswith("各") and before.endswith("政府") and bare in _OTHER_HALLS
    return f"各{bare}" if is_other_hall else None


def _share_ending(names: list[str], joined: Sequence[bool], place: int) -> None:
    """Put the ending of one name behind those before it that lack theirs."""
    plain = alike(names[place])
    for shape, lacking in (
        (_ZONE_HALL, _ZONE_END), (_PLACE_HALL, _PLACE_END), (_STREET_HALL, _STREET_END),
    ):  # fmt: skip
        found = shape.fullmatch(plain)
        if not found:
            continue
        before = place - 1
        while (
            before >= 0
            and joined[before + 1]
            and lacking.search(alike(names[before]))
            and not _is_every_zone(names[before], shape)
        ):
            names[before] += names[place][found.start("hall") :].removeprefix("街道")
            before -= 1
        if found["kind"][0] in "乡镇街":
            _share_kind_of_place(names, joined, before, names[place][found.start("kind") :])
        return
    twin = _TWIN_HALL.fullmatch(plain)
    if twin and joined[place] and alike(names[place - 1]) in (f"{twin['place']}委", f"{twin['place']}党委"):
        names[place - 1] += twin["hall"]
    elif joined[place]:
        _share_hall(names, joined, place)


def _share_kind_of_place(names: list[str], joined: Sequence[bool], before: int, ending: str) -> None:
    """城东、城西镇政府 → 城东镇政府: the places before lack even what kind of place they are."""
    while (
        before >= 0
        and joined[before + 1]
        and _BARE_PLACE.fullmatch(names[before])
        and not ORGAN_END.search(names[before])
        and not PLACE_END.search(names[before])
    ):
        names[before] += ending
        before -= 1


def _is_every_zone(name: str, shape: re.Pattern[str]) -> bool:
    """各县区、开发区管委会: places of no name have no office of a zone."""
    return shape is _ZONE_HALL and name.startswith("各") and bool(GENERIC_PLACE.fullmatch(alike(name[1:])))


def _share_hall(names: list[str], joined: Sequence[bool], place: int) -> None:
    """发改、财政局 → 发改局, where the first is a field of work and nothing else."""
    found = _FIELD_HALL.search(names[place])
    before = place - 1
    while found and before >= 0 and joined[before + 1] and is_bare_field(names[before]):
        names[before] += found["hall"]
        before -= 1


def _share_departments(names: list[str], joined: Sequence[bool], place: int) -> None:
    """发展改革、财政等部门: the fields of work before 等部门 are departments."""
    while place >= 0 and is_bare_field(names[place]):
        names[place] += "部门"
        if not joined[place]:
            return
        place -= 1


def _share_every(names: list[str], joined: Sequence[bool]) -> None:
    """各市、县(市、区)政府 → 各市政府, 各县(市、区)政府."""
    for place in range(1, len(names)):
        if joined[place] and names[place - 1].startswith("各") and GENERIC_PLACE.fullmatch(alike(names[place])):
            names[place] = "各" + names[place]


def _share_prefix(names: list[str]) -> None:
    """甲市科技局、经发局 → 甲市经发局; 市委组织部、宣传部 → 市委宣传部."""
    prefix, party = "", ""
    for place, name in enumerate(names):
        own = prefix_of(name)
        if own:
            in_party = re.match(rf"{re.escape(own)}委(?=.*[部办室校]$)", name)
            party = in_party[0] if in_party else ""
            prefix = own if not _is_government(name, own) or len(own) == 1 else prefix
        elif own is None and name.endswith("部") and (party or len(prefix) > 1):
            names[place] = (party or prefix) + name
        elif own is None and prefix and takes_prefix(name):
            names[place] = prefix + name


def _is_government(name: str, prefix: str) -> bool:
    return bool(re.fullmatch(r"(?:人民)?政府|管委会?|党委|党工委|办事处|街道办", name[len(prefix) :]))
