"""What of a template one subject is asked: sections for assistance lists only those who stand on one of them (R-D7)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from zhitong.domain.cards.rules.suspicions import Suspicions
from zhitong.domain.cards.rules.templates import Template


def asked_of(template: Template, lists: Collection[str]) -> Template:
    """The template without the sections, and the checks on them, that a subject on these lists is not asked."""
    sections = tuple(one for one in template.sections if one.is_asked_of(lists))
    if len(sections) == len(template.sections):
        return template
    codes = {field.code for section in sections for field in section.fields}
    found = template.suspicions
    return replace(
        template, sections=sections,
        comparisons=tuple(one for one in template.comparisons if {one.left, one.right, one.when} - {""} <= codes),
        suspicions=Suspicions(
            tuple(replace(one, fields=tuple(code for code in one.fields if code in codes)) for one in found.against_last),
            tuple(one for one in found.sums if {*one.parts, one.whole} <= codes),
            tuple(one for one in found.among_peers if {one.field, one.per} - {""} <= codes),
        ),
    )
