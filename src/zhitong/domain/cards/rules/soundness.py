"""Whether a well-shaped template makes sense: each fault at its place, in words for whoever draws it up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from zhitong.domain.cards.rules.checking import OPERATORS
from zhitong.domain.cards.rules.kinds import CHOICES, FIGURES, SEVERAL, WORDS, FieldKind
from zhitong.domain.cards.rules.suspicion_faults import suspicion_faults
from zhitong.domain.cards.rules.templates import NO, YES, Definition

ROW_FIELDS = {
    "category": FieldKind.CHOICE, "text": FieldKind.LONG_TEXT, "known_to_head": FieldKind.YES_NO,
    "confidential": FieldKind.YES_NO, "unnamed": FieldKind.YES_NO, "reporter_name": FieldKind.TEXT, "reporter_post": FieldKind.TEXT,
    "reporter_phone": FieldKind.PHONE,
}
"""What a problem row can hold; the first three must be asked."""
_ASKED = ("category", "text", "known_to_head")
_LIMITS = (
    ("least", FIGURES, "最小值"), ("most", FIGURES | SEVERAL, "最大值"), ("longest", WORDS, "字数"),
    ("options", CHOICES, "选项"), ("unit", frozenset({FieldKind.COUNT, FieldKind.NUMBER}), "单位"),
    ("stock", FIGURES, "期末数"), ("place", frozenset({FieldKind.PHOTO}), "拍摄地点"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place (`sections.0.fields.3`), under a key where one is meant."""

    place: str
    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _At:
    """A part of the template with its place."""

    place: str
    part: Definition

    def fault(self, sentence: str, key: str = "") -> Fault:
        return Fault(self.place, key, sentence)

    def parts(self, key: str) -> list[_At]:
        """The parts listed under a key."""
        return [_At(f"{self.place}.{key}.{n}" if self.place else f"{key}.{n}", one)
                for n, one in enumerate(self.part.get(key, ()))]

    def one(self, key: str) -> _At:
        """The part under a key."""
        return _At(f"{self.place}.{key}" if self.place else key, self.part[key])

    @property
    def kind(self) -> FieldKind:
        return FieldKind(self.part["type"])


def faults(definition: Definition) -> Iterator[Fault]:
    """Everything in a well-shaped definition that makes no sense, in the order of the card."""
    whole = _At("", definition)
    sections = whole.parts("sections")
    if not sections:
        yield whole.fault("还没有一个部分，请先加一个部分和它的栏目。", "sections")
    yield from _once(sections)
    for section in sections:
        if not section.part["fields"]:
            yield section.fault(f"“{section.part['title']}”还没有栏目，请加上栏目或删去这一部分。", "fields")
    asked = [field for section in sections for field in section.parts("fields")]
    yield from _of_fields(asked)
    for comparison in whole.parts("checks"):
        yield from _of_comparison(comparison, {field.part["code"]: field for field in asked})
    for said in suspicion_faults(definition, {field.part["code"]: field.kind for field in asked}):
        yield Fault(*said)
    yield from _of_problems(whole.one("problems"))


def _once(parts: Sequence[_At]) -> Iterator[Fault]:
    seen: dict[str, _At] = {}
    for one in parts:
        code = one.part["code"]
        if seen.setdefault(code, one) is not one:
            yield one.fault(f"代码“{code}”前面已经用过，请换一个或删去一处。", "code")


def _of_fields(asked: Sequence[_At]) -> Iterator[Fault]:
    yield from _once(asked)
    before: dict[str, _At] = {}
    for field in asked:
        yield from _of_field(field)
        if "when" in field.part:
            yield from _of_condition(field, before)
        before.setdefault(field.part["code"], field)


def _of_field(field: _At) -> Iterator[Fault]:
    """What does not go with the kind of the field: bounds of a text, a length of a figure, a choice of nothing."""
    kind, options = field.kind, field.parts("options")
    if kind in CHOICES and not options and not field.part.get("options_of"):
        yield field.fault(f"{kind.label}要有选项，请写出选项。", "type")
    for key, kinds, word in _LIMITS:
        if field.part.get(key) not in (None, "", [], False) and kind not in kinds:
            yield field.fault(f"“{kind.label}”不用写{word}（{key}），请删去或改正类型。", key)
    least, most = _decimal(field.part.get("least")), _decimal(field.part.get("most"))
    if least is not None and most is not None and least > most:
        yield field.fault("最小值（least）大于最大值（most），什么数都填不进去，请改正。", "least")
    if kind in SEVERAL and most is not None and (most < 1 or most != most.to_integral_value()):
        yield field.fault("最多几项要写1以上的整数，请改正。", "most")
    yield from _once(options)


def _of_condition(owner: _At, asked: Mapping[str, _At]) -> Iterator[Fault]:
    """A condition names a question that offers answers, and one of them."""
    when = owner.one("when")
    field = asked.get(when.part["field"])
    if field is None:
        yield when.fault(_unknown(when.part["field"], asked, "条件要用前面的栏目，这张卡前面"), "field")
        return
    answers = _answers(field)
    if not answers:
        yield when.fault(f"“{field.part['label']}”没有选项，不能作为条件，请改用单选、多选或是否。", "field")
    elif when.part["is"] not in answers:
        yield when.fault(_unknown(when.part["is"], answers, f"“{field.part['label']}”的选项里"), "is")


def _answers(field: _At) -> list[str]:
    if field.kind is FieldKind.YES_NO:
        return [YES, NO]
    return [option["code"] for option in field.part.get("options", ())] if field.kind in CHOICES else []


def _of_comparison(comparison: _At, asked: Mapping[str, _At]) -> Iterator[Fault]:
    part = comparison.part
    for key, words, where in (("must", OPERATORS, "比较写法里"), ("left", asked, "这张卡"), ("right", asked, "这张卡")):
        if part.get(key, "") not in ("", *words):
            yield comparison.fault(_unknown(part[key], words, where), key)
    if bool(part.get("right")) == (part.get("number") not in (None, "")):
        yield comparison.fault("另一栏（right）和一个数（number）要写一个，也只能写一个。")
    left, right = asked.get(part["left"]), asked.get(part.get("right", ""))
    if left is not None and left.kind not in FIGURES:
        yield comparison.fault(f"“{left.part['label']}”不是数，不能比较大小。", "left")
    if left is not None and right is not None and left.kind is not right.kind:
        yield comparison.fault(
            f"“{left.part['label']}”和“{right.part['label']}”单位不同，不能比较，请改正。", "right"
        )
    if "when" in part:
        yield from _of_condition(comparison, asked)


def _of_problems(section: _At) -> Iterator[Fault]:
    asked = section.parts("fields")
    yield from _of_fields(asked)
    codes = [field.part["code"] for field in asked]
    for code in _ASKED:
        if code not in codes:
            yield section.fault(f"问题部分缺少“{code}”，请补上。", "fields")
    for field in asked:
        wanted = ROW_FIELDS.get(field.part["code"])
        if wanted is None:
            yield field.fault(_unknown(field.part["code"], ROW_FIELDS, "问题部分可用的栏目里"), "code")
        elif field.kind is not wanted:
            yield field.fault(f"“{field.part['code']}”的 type 应是 {wanted.value}，请改正。", "type")


def _unknown(word: str, words: Iterable[str], where: str) -> str:
    near = get_close_matches(word, list(words), n=1)
    guess = f"（是不是“{near[0]}”？）" if near else ""
    return f"{where}没有“{word}”{guess}，请改正。"


def _decimal(written: Any) -> Decimal | None:
    return None if written in (None, "") else Decimal(str(written))
