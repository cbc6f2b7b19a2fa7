"""Head, sections, duties and their units against the hand-made reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from zhitong.policy.scoring.counting import Part, Row, agreed, overlap

FIELDS = ("title", "number", "issuer", "date_issued", "recipients", "year")
NEAR = 3
"""How many code points two starts of one heading may be apart."""


def frame_parts(plan: Row, gold: Row) -> Iterator[Part]:
    """document, sections, section titles, tasks, units, roles, parts of tasks."""
    yield _document(plan["document"], gold["document"])
    sections = _matched(plan["sections"], gold["sections"], _same_section)
    yield _part("sections", plan["sections"], gold["sections"], sections, _named)
    yield agreed("section titles", sections, lambda found, true: _bare(found["title"]) == _bare(true["title"]), _named)
    yield agreed("section ids", sections, lambda found, true: found["id"] == true["id"], _named)
    tasks = _matched(plan["tasks"], gold["tasks"], _same_task)
    yield _part("tasks", plan["tasks"], gold["tasks"], tasks, _named)
    yield agreed("task titles", tasks, lambda found, true: _bare(found["title"]) == _bare(true["title"]), _named)
    partners = {id(true): found for found, true in tasks}
    for name, facet in (("units", _unit), ("roles", _role), ("parts of tasks", _assigned)):
        yield _units(name, plan["tasks"], gold["tasks"], partners, facet)


def _document(found: Row, true: Row) -> Part:
    wrong = [field for field in FIELDS if _value(found.get(field)) != _value(true.get(field))]
    return Part(
        "document", len(FIELDS) - len(wrong), len(FIELDS), len(FIELDS),
        tuple(f"{field}: {true.get(field)}" for field in wrong), tuple(f"{field}: {found.get(field)}" for field in wrong),
    )


def _value(printed: object) -> object:
    return [_bare(str(one)) for one in printed] if isinstance(printed, list | tuple) else _bare(str(printed))


def _bare(printed: str) -> str:
    """Without blanks, widths and the shapes of brackets."""
    folded = printed.translate(str.maketrans("（）〔〕【】，：；．", "()[][],:;."))
    return re.sub(r"\s", "", folded)


def _matched(found: Sequence[Row], true: Sequence[Row], same: object) -> list[tuple[Row, Row]]:
    """Pairs in the order of the hand-made reading; each row is used once."""
    assert callable(same)
    free = list(found)
    pairs: list[tuple[Row, Row]] = []
    for row in true:
        partner = next((one for one in free if same(one, row)), None)
        if partner is not None:
            free.remove(partner)
            pairs.append((partner, row))
    return pairs


def _same_section(found: Row, true: Row) -> bool:
    return bool(found["level"] == true["level"] and abs(found["start"] - true["start"]) <= NEAR)


def _same_task(found: Row, true: Row) -> bool:
    """The same start, or at least half of both in common."""
    longest = int(max(found["end"] - found["start"], true["end"] - true["start"]))
    return abs(int(found["start"]) - int(true["start"])) <= NEAR or overlap(found, true) * 2 > longest


def _part(name: str, found: Sequence[Row], true: Sequence[Row], pairs: Sequence[tuple[Row, Row]], said: object) -> Part:
    assert callable(said)
    used = {id(one) for pair in pairs for one in pair}
    return Part(
        name, len(pairs), len(found), len(true),
        tuple(said(row) for row in true if id(row) not in used), tuple(said(row) for row in found if id(row) not in used),
    )


def _named(row: Row) -> str:
    return f"{row['id']} {row['title']}"


def _units(name: str, found: Sequence[Row], true: Sequence[Row], partners: dict[int, Row], facet: object) -> Part:
    """Units (or units in their role, or for their part) over all duties, those of unmatched duties included."""
    assert callable(facet)
    right = 0
    missed: list[str] = []
    made_up: list[str] = []
    matched = {id(partner) for partner in partners.values()}
    for task in true:
        partner = partners.get(id(task))
        kept, lost, more = _compared(_answering(partner, facet) if partner else [], _answering(task, facet))
        right += kept
        missed += [f"{task['id']}: {one}" for one in lost]
        made_up += [f"{task['id']}: {one}" for one in more]
    made_up += [f"{task['id']}: {one[0]}" for task in found if id(task) not in matched for one in _answering(task, facet)]
    return Part(name, right, right + len(made_up), right + len(missed), tuple(missed), tuple(made_up))


def _answering(task: Row, facet: object) -> list[tuple[str, ...]]:
    """What is said of each unit, in every form that is as good; the same unit once."""
    assert callable(facet)
    told = (tuple(facet(unit)) for unit in task.get("responsible", ()))
    return [ways for ways in dict.fromkeys(told) if ways]


def _compared(found: Iterable[tuple[str, ...]], true: Iterable[tuple[str, ...]]) -> tuple[int, list[str], list[str]]:
    free = list(found)
    kept, lost = 0, []
    for ways in true:
        partner = next((one for one in free if set(one) & set(ways)), None)
        if partner is None:
            lost.append(ways[0])
        else:
            free.remove(partner)
            kept += 1
    return kept, lost, [ways[0] for ways in free]


def _names(unit: Row) -> Iterator[str]:
    """The names a unit goes by: resolved, as printed, and of what it is another name."""
    for key in ("name", "as_printed", "printed", "alias_of"):
        if unit.get(key):
            yield _bare(unit[key])


def _unit(unit: Row) -> Iterator[str]:
    yield from _names(unit)


def _role(unit: Row) -> Iterator[str]:
    yield from (f"{name} {unit['role']}" for name in _names(unit))


def _assigned(unit: Row) -> Iterator[str]:
    if unit.get("part"):
        yield from (f"{name} {_bare(unit['part'])}" for name in _names(unit))


