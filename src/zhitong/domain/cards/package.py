"""The cards of a campaign package: `cards/*.yaml`, one template a file, checked with file and line.

The categories a problem row offers are written in `categories.yaml` per kind of subject; they are frozen into the
definition, so an old card keeps the words it was filled in with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhitong.domain.cards.rules.shape import plain, shape_findings
from zhitong.domain.cards.rules.soundness import Fault, faults
from zhitong.domain.cards.rules.templates import Definition
from zhitong.kit.source import Finding, Row, Source, known, unique

FOLDER = "cards/*.yaml"
CATEGORIES = "categories.yaml"


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """A checked template, ready to be published."""

    code: str
    version: int
    subject_kind: str
    definition: Definition


def parse(source: Source) -> tuple[list[TemplateRecord], list[Finding]]:
    """Every template of a package and everything wrong with them; a template with an error is left out."""
    categories = _categories(source)
    files = [source.row(name) for name in source.names(FOLDER)]
    findings = unique([row for row in files if row])
    records = []
    for row in files:
        found = list(_findings(row, categories)) if row else []
        findings += found
        if row and not found:
            records.append(_record(row, categories))
    return records, findings


def _categories(source: Source) -> Mapping[str, list[Row]]:
    """The categories offered to each kind of subject; none when the file has not been written."""
    rows = source.rows(CATEGORIES) if source.has(CATEGORIES) else []
    return {row.text("kind"): row.rows("categories") for row in rows}


def _record(row: Row, categories: Mapping[str, list[Row]]) -> TemplateRecord:
    definition = plain(row)
    for field in definition["problems"]["fields"]:
        if field.pop("options_of", ""):
            field["options"] = [plain(option) for option in categories[row.text("kind")]]
    return TemplateRecord(row.text("code"), row.number("version"), row.text("kind"), definition)


def _findings(row: Row, categories: Mapping[str, list[Row]]) -> Iterator[Finding]:
    """What is wrong with one file: its shape first; what is well shaped is asked whether it makes sense."""
    misshapen = list(shape_findings(row))
    if misshapen:
        yield from misshapen
        return
    for section in row.rows("sections"):
        for field in section.rows("fields"):
            if "options_of" in field:
                yield field.finding("只有问题部分的类别可以用 options_of，请在 options 里写出选项。", "options_of")
    for fault in faults(row):
        yield _at_its_line(row, fault)
    category = next((one for one in row.row("problems").rows("fields") if one.text("code") == "category"), None)
    if category is not None:
        yield from _category_faults(row.text("kind"), category, categories)


def _at_its_line(row: Row, fault: Fault) -> Finding:
    """A fault as a finding at the line of the part it names."""
    part: Any = row
    for step in fault.place.split(".") if fault.place else ():
        part = part[int(step)] if isinstance(part, list) else part[step]
    finding: Finding = part.finding(fault.sentence, fault.key)
    return finding


def _category_faults(kind: str, field: Row, categories: Mapping[str, list[Row]]) -> Iterator[Finding]:
    """A category field must offer the categories of the template's kind, or some of them."""
    yield from known(field, "options_of", ["categories"], "可引用的清单")
    if kind not in categories:
        yield field.finding(f"{CATEGORIES} 里没有 {kind} 的问题类别，请先写上。", "options_of")
        return
    codes = [one.text("code") for one in categories[kind]]
    for option in field.rows("options"):
        yield from known(option, "code", codes, CATEGORIES)
