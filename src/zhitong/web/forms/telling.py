"""A form in words: what each field takes and when it is asked, each comparison as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.rules.kinds import FIGURES, FILES, SEVERAL, WORDS, FieldKind, Prefill, Weight
from zhitong.domain.cards.rules.soundness import Fault
from zhitong.domain.cards.rules.suspicions import AgainstLast, AmongPeers, Sum
from zhitong.domain.cards.rules.templates import Comparison, Condition, Field, Section, Template
from zhitong.web.shell.components import Text
from zhitong.web.shell.words import figure_in_words

MUST = {
    "=": gettext_lazy("等于"), "<=": gettext_lazy("不大于"), ">=": gettext_lazy("不小于"), "<": gettext_lazy("小于"),
    ">": gettext_lazy("大于"),
}
_OPTIONS_SHOWN = 6


@dataclass(frozen=True)
class ToldField:
    """A field with its place, what it takes in words, and what is wrong with it."""

    place: str
    field: Field
    takes: str
    faults: Sequence[str]


@dataclass(frozen=True)
class ToldSection:
    """A section with its place and fields; `new_place` is where a further field would stand."""

    place: str
    section: Section
    how: str
    fields: Sequence[ToldField]
    faults: Sequence[str]
    new_place: str


@dataclass(frozen=True)
class ToldCheck:
    """A check as a sentence, what follows when it does not hold, and what the writer is told then."""

    place: str
    sentence: str
    follows: Text
    say: str
    faults: Sequence[str]


def told_sections(form: Template, faults: Sequence[Fault] = ()) -> list[ToldSection]:
    """The sections of a form in words, the faults beside what they are about."""
    questions = {field.code: field for field in form.fields()}
    told = []
    for at, section in enumerate(form.sections):
        place = f"sections.{at}"
        fields = [
            ToldField(f"{place}.fields.{n}", field, takes(field, questions), _at(faults, f"{place}.fields.{n}", deep=True))
            for n, field in enumerate(section.fields)
        ]
        told.append(ToldSection(
            place, section, _how(section), fields, _at(faults, place), f"{place}.fields.{len(section.fields)}"
        ))
    return told


def told_checks(form: Template, faults: Sequence[Fault] = ()) -> list[ToldCheck]:
    """The comparisons of a form, its sums, and what it asks against the last card and beside peers, as sentences."""
    questions, odd, ask = {field.code: field for field in form.fields()}, form.suspicions, Weight.WARNING.label
    found: list[tuple[str, str, str, str]] = [
        *((f"checks.{at}", sentence_of(one, questions), one.weight.label, one.say) for at, one in enumerate(form.comparisons)),
        *((f"sums.{at}", sum_words(one, questions), one.weight.label, one.say) for at, one in enumerate(odd.sums)),
        *((f"against_last.{at}", last_words(one, questions), ask, one.say) for at, one in enumerate(odd.against_last)),
        *((f"among_peers.{at}", peer_words(one, questions), ask, one.say) for at, one in enumerate(odd.among_peers)),
    ]
    return [ToldCheck(*told, _at(faults, told[0], deep=True)) for told in found]


def takes(field: Field, questions: dict[str, Field]) -> str:
    """What a field takes: kind, unit, bounds, options, condition."""
    parts = [field.kind.label if field.kind is FieldKind.MONEY or not field.unit else f"{field.kind.label}（{field.unit}）"]
    if field.required:
        parts.append(_("必填"))
    if field.kind in FIGURES:
        parts += [_("最小 %s") % field.least] if field.least is not None else []
        parts += [_("最大 %s") % field.most] if field.most is not None else []
        parts += [_("期末数")] if field.stock else []
    if field.kind in WORDS:
        parts.append(_("最多 %d 字") % field.longest)
    if field.kind in SEVERAL and field.most is not None:
        parts.append((_("最多 %s 个") if field.kind in FILES else _("最多选 %s 项")) % field.most)
    parts += [_("留下拍摄地点")] if field.place else []
    if field.options:
        labels = [option.label for option in field.options]
        more = _("等 %d 项") % len(labels) if len(labels) > _OPTIONS_SHOWN else ""
        parts.append("／".join(labels[:_OPTIONS_SHOWN]) + more)
    if field.when:
        parts.append(_("%s时才填") % condition_words(field.when, questions))
    return "，".join(parts)


def condition_words(when: Condition, questions: dict[str, Field]) -> str:
    """A condition in words: “盈亏情况”为“困难”."""
    question = questions.get(when.field)
    answer = question.told(when.answer) if question else when.answer
    return _("“%(field)s”为“%(answer)s”") % {"field": question.label if question else when.field, "answer": answer}


def sentence_of(one: Comparison, questions: dict[str, Field]) -> str:
    """A comparison in words, with what follows when it does not hold."""
    left = _label(one.left, questions)
    right = f"“{_label(one.right, questions)}”" if one.right else _measured(one, questions)
    head = _("“%(left)s”应%(must)s%(right)s") % {"left": left, "must": MUST.get(one.must, one.must), "right": right}
    if one.when:
        head = _("%(when)s时，%(head)s") % {"when": condition_words(Condition(one.when, one.when_is), questions), "head": head}
    return head


def _measured(one: Comparison, questions: dict[str, Field]) -> str:
    """The number of a comparison with the unit of its field: 20,000,000 万元."""
    unit = questions[one.left].unit if one.left in questions else ""
    return f" {figure_in_words(one.number or 0)} {unit}".rstrip()


def sum_words(one: Sum, questions: dict[str, Field]) -> str:
    """A sum in words: “甲”“乙”之和应不大于“丙”."""
    values = {"parts": _labels(one.parts, questions), "must": MUST.get(one.must, one.must), "whole": _label(one.whole, questions)}
    return _("%(parts)s之和应%(must)s“%(whole)s”") % values


def last_words(one: AgainstLast, questions: dict[str, Field]) -> str:
    """What is asked against the last card, in words."""
    return _("%(fields)s是上期的 %(times)s 倍以上，或不到上期的 %(times)s 分之一") % {
        "fields": _labels(one.fields, questions), "times": one.times,
    }


def peer_words(one: AmongPeers, questions: dict[str, Field]) -> str:
    """What is asked beside peers, in words."""
    if not one.per:
        return _("“%s”与同类企业相差很大") % _label(one.field, questions)
    return _("“%(field)s”按“%(per)s”平均，与同类企业相差很大") % {
        "field": _label(one.field, questions), "per": _label(one.per, questions),
    }


def _labels(codes: Sequence[str], questions: dict[str, Field]) -> str:
    return "、".join(f"“{_label(code, questions)}”" for code in codes)


def _label(code: str, questions: dict[str, Field]) -> str:
    return questions[code].label if code in questions else code


def _how(section: Section) -> str:
    how = _("带出已有信息，填报人核对") if section.prefill is Prefill.STANDING else _("每期重新填写")
    return _("%(how)s；只问名单 %(lists)s") % {"how": how, "lists": "、".join(section.lists)} if section.lists else how


def _at(faults: Sequence[Fault], place: str, *, deep: bool = False) -> list[str]:
    """The faults at a place, and with `deep` also at what stands beneath it."""
    return [one.sentence for one in faults if one.place == place or (deep and one.place.startswith(f"{place}."))]
