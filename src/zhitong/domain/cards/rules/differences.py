"""What changed between two versions of a template, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhitong.domain.cards.rules.kinds import Weight
from zhitong.domain.cards.rules.templates import Field, Section, Template

_OF_TEMPLATE = {
    "name": "名称", "purpose": "用途", "basis": "依据", "source": "来源说明", "warning": "提示",
}
_OF_FIELD = {
    "label": "名称", "least": "最小值", "most": "最大值", "longest": "字数", "unit": "单位", "help": "填写说明",
    "fact": "对应信息",
}


def differences(old: Template, new: Template) -> list[str]:
    """Sentences about what the new version asks otherwise than the old one, in the order of the card."""
    return [*_head(old, new), *_sections(old, new), *_fields(old, new), *_checks(old, new), *_problems(old, new)]


def _head(old: Template, new: Template) -> Iterator[str]:
    for key, word in _OF_TEMPLATE.items():
        yield from _changed(word, getattr(old, key), getattr(new, key))
    yield from _changed("填报周期", old.period.label, new.period.label)


def _changed(word: str, before: object, after: object) -> Iterator[str]:
    if before == after:
        return
    if not before and before != 0:
        yield f"新写明{word}：{after}。"
    elif not after and after != 0:
        yield f"删去{word}：{before}。"
    else:
        yield f"{word}由“{before}”改为“{after}”。"


def _sections(old: Template, new: Template) -> Iterator[str]:
    before = {one.code: one for one in old.sections}
    after = {one.code: one for one in new.sections}
    for code, section in before.items():
        if code not in after:
            yield f"删去“{section.title}”部分。"
    for code, section in after.items():
        if code not in before:
            yield f"新增“{section.title}”部分。"
        else:
            yield from _section(before[code], section)


def _section(old: Section, new: Section) -> Iterator[str]:
    yield from _changed("部分名称", old.title, new.title)
    for sentence in (*_changed("填写方式", old.prefill.label, new.prefill.label), *_changed("说明", old.help, new.help)):
        yield f"“{new.title}”部分：{sentence}"
    for sentence in _changed("只问这些名单", "、".join(old.lists), "、".join(new.lists)):
        yield f"“{new.title}”部分：{sentence}"


def _fields(old: Template, new: Template) -> Iterator[str]:
    before, after = _placed(old), _placed(new)
    for code, (_section, field) in before.items():
        if code not in after:
            yield f"删去“{field.label}”栏。"
    for code, (section, field) in after.items():
        if code not in before:
            yield f"在“{section.title}”部分新增“{field.label}”栏（{field.kind.label}{'，必填' if field.required else ''}）。"
            continue
        former_section, former = before[code]
        if former_section.code != section.code:
            yield f"“{field.label}”栏移到“{section.title}”部分。"
        for sentence in _field(former, field):
            yield f"“{former.label}”栏：{sentence}"


def _placed(template: Template) -> Mapping[str, tuple[Section, Field]]:
    return {field.code: (section, field) for section in template.sections for field in section.fields}


def _field(old: Field, new: Field) -> Iterator[str]:
    yield from _changed("类型", old.kind.label, new.kind.label)
    for key, word in _OF_FIELD.items():
        yield from _changed(word, getattr(old, key), getattr(new, key))
    if old.required != new.required:
        yield "改为必填。" if new.required else "改为选填。"
    labels = {one.code: one.label for one in old.options}
    kept = {one.code for one in new.options}
    for option in new.options:
        if option.code not in labels:
            yield f"增加选项“{option.label}”。"
        elif labels[option.code] != option.label:
            yield f"选项“{labels[option.code]}”改为“{option.label}”。"
    for code, label in labels.items():
        if code not in kept:
            yield f"去掉选项“{label}”。"
    if old.when != new.when:
        yield "填写条件有改动。" if new.when else "不再有填写条件，都要填。"


def _checks(old: Template, new: Template) -> Iterator[str]:
    before, after = _said(old), _said(new)
    for key, sentence in before.items():
        if key not in after:
            yield f"删去核对：{sentence}"
    for key, sentence in after.items():
        if key not in before:
            yield f"新增核对：{sentence}"


def _said(template: Template) -> Mapping[object, str]:
    """Every check of a template with what it says to the writer and what follows."""
    odd, asks = template.suspicions, Weight.WARNING.label
    said: dict[object, str] = {one: f"{one.say}（{one.weight.label}）" for one in template.comparisons}
    said |= {one: f"{one.say}（{one.weight.label}）" for one in odd.sums}
    said |= {one: f"{one.say}（{asks}）" for one in odd.against_last}
    return said | {one: f"{one.say}（{asks}）" for one in odd.among_peers}


def _problems(old: Template, new: Template) -> Iterator[str]:
    yield from _changed("问题部分的名称", old.problems.title, new.problems.title)
    yield from _changed("最多反映问题数", old.problems.most, new.problems.most)
    before = {one.code: one.label for one in old.problems.field("category").options}
    after = {one.code: one.label for one in new.problems.field("category").options}
    for code in after:
        if code not in before:
            yield f"问题类别增加“{after[code]}”。"
    for code in before:
        if code not in after:
            yield f"问题类别去掉“{before[code]}”。"
