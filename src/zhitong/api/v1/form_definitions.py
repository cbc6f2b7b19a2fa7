"""What a form asks, as a program reads and writes it: sections, fields, comparisons, the problem section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from zhitong.api.words import LongNote, Note, OneOf, Said, ShortText
from zhitong.domain.cards.rules.designing import MOST_FIELDS
from zhitong.domain.cards.rules.kinds import FieldKind, Period, Prefill, Weight

Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_]{1,40}$")]
ListCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.-]{1,60}$")]
Decimal = Annotated[str, Field(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$", description="数，写成文字")]
MOST_SECTIONS, MOST_OPTIONS, MOST_CHECKS, MOST_PROBLEMS = 30, 200, 100, 50


class FormCondition(Said):
    """When a field is asked or a comparison made."""

    field: Code = Field(description="前面一栏的代码")
    answer: Code = Field(description="选项代码；是否为 yes、no")


class FormOption(Said):
    """One of the answers."""

    code: Code
    label: ShortText
    help: Note = ""


class WrittenField(Said):
    """A field; `least` and `most` in the unit written (万元 for money), `most` counts answers and files."""

    code: Code
    label: ShortText
    type: OneOf[FieldKind]
    required: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int | None = Field(None, ge=1, le=5000)
    options: list[FormOption] = Field([], max_length=MOST_OPTIONS)
    fact: str = Field("", max_length=60, description="对应已有信息的代码")
    help: Note = ""
    stock: bool = Field(False, description="期末数")
    place: bool = Field(False, description="照片：留下拍摄地点")
    unit: str = Field("", max_length=20)
    when: FormCondition | None = None


class WrittenSection(Said):
    """A section; `lists` names the assistance lists it is for, none means everybody."""

    code: Code
    title: ShortText
    prefill: OneOf[Prefill]
    fields: list[WrittenField] = Field(max_length=MOST_FIELDS)
    lists: list[ListCode] = Field([], max_length=MOST_SECTIONS)
    help: LongNote = ""


class WrittenCheck(Said):
    """A comparison of a field with another, or with a number."""

    left: Code
    must: str = Field(pattern=r"^(<=|>=|<|>)$")
    right: Code | None = None
    number: Decimal | None = None
    severity: OneOf[Weight]
    say: ShortText
    when: FormCondition | None = None


class WrittenSum(Said):
    """Parts that together must not exceed, or must make, a whole."""

    parts: list[Code] = Field(min_length=1, max_length=MOST_FIELDS)
    must: str = Field(pattern=r"^(<=|=)$")
    whole: Code
    severity: OneOf[Weight]
    say: ShortText


class WrittenAgainstLast(Said):
    """Figures asked about when they are so many times the last card's, or so small a part of them."""

    fields: list[Code] = Field(min_length=1, max_length=MOST_FIELDS)
    times: Decimal
    say: ShortText


class WrittenAmongPeers(Said):
    """A figure asked about when it lies far from those of its like."""

    field: Code
    per: Code | None = None
    far: Decimal | None = Field(None, description="超出同类中间一半的范围多少倍")
    say: ShortText


class WrittenForm(Said):
    """表式内容."""

    name: ShortText
    period: OneOf[Period]
    purpose: LongNote = Field("", description="用途，发布前须写明")
    basis: LongNote = Field("", description="依据，发布前须写明")
    source: LongNote = ""
    warning: LongNote = ""
    sections: list[WrittenSection] = Field([], max_length=MOST_SECTIONS)
    checks: list[WrittenCheck] = Field([], max_length=MOST_CHECKS)
    sums: list[WrittenSum] = Field([], max_length=MOST_CHECKS, description="合计核对")
    against_last: list[WrittenAgainstLast] = Field([], max_length=MOST_CHECKS, description="与上期核对")
    among_peers: list[WrittenAmongPeers] = Field([], max_length=MOST_CHECKS, description="与同类核对")
    problem_title: ShortText = "需要协调解决的问题"
    most_problems: int = Field(20, ge=0, le=MOST_PROBLEMS, description="0为不收问题")


def written(definition: Mapping[str, Any]) -> WrittenForm:
    """A kept definition as a program reads it."""
    head = {key: definition.get(key, "") for key in ("purpose", "basis", "source", "warning")}
    return WrittenForm.model_construct(
        name=definition["name"], period=Period(definition["period"]), **head,
        sections=[_section(one) for one in definition["sections"]],
        checks=[WrittenCheck.model_construct(**_conditioned(one), severity=Weight(one["severity"]))
                for one in definition.get("checks", ())],
        sums=[WrittenSum.model_construct(**{**one, "severity": Weight(one["severity"])}) for one in definition.get("sums", ())],
        against_last=[WrittenAgainstLast.model_construct(**_as_text(one)) for one in definition.get("against_last", ())],
        among_peers=[WrittenAmongPeers.model_construct(**_as_text(one)) for one in definition.get("among_peers", ())],
        problem_title=definition["problems"]["title"], most_problems=definition["problems"]["most"],
    )


def _section(part: Mapping[str, Any]) -> WrittenSection:
    return WrittenSection.model_construct(
        code=part["code"], title=part["title"], prefill=Prefill(part["prefill"]), lists=list(part.get("lists", ())),
        help=part.get("help", ""), fields=[_field(one) for one in part["fields"]],
    )


def _field(part: Mapping[str, Any]) -> WrittenField:
    told = _conditioned(part)
    for key in ("least", "most"):
        if told.get(key) is not None:
            told[key] = str(told[key])
    told["options"] = [FormOption.model_construct(**one) for one in part.get("options", ())]
    return WrittenField.model_construct(**{**told, "type": FieldKind(part["type"])})


def _conditioned(part: Mapping[str, Any]) -> dict[str, Any]:
    when = part.get("when")
    told = {**part, "when": FormCondition(field=when["field"], answer=when["is"]) if when else None}
    told.pop("severity", None)
    if told.get("number") is not None:
        told["number"] = str(told["number"])
    return told


def _as_text(part: Mapping[str, Any]) -> dict[str, Any]:
    """The part with its numbers as text."""
    return {key: str(value) if key in ("times", "far") else value for key, value in part.items()}


def definition_of(said: WrittenForm, before: Mapping[str, Any]) -> dict[str, Any]:
    """What was said as a definition, in the draft it belongs to: code, kind and the problem fields stay."""
    told = _kept(said.model_dump(mode="python"))
    problems = {**before["problems"], "title": told.pop("problem_title"), "most": told.pop("most_problems", 0)}
    return {
        **{key: before[key] for key in ("code", "kind", "version", "seen_by") if key in before}, **told,
        "sections": [{**one, "fields": one.get("fields", [])} for one in told.get("sections", ())], "problems": problems,
    }


def _kept(value: Any) -> Any:
    """Plain values as a definition has them: nothing empty, words for enumerations, `is` for a condition's answer."""
    if isinstance(value, dict):
        if value.keys() == {"field", "answer"}:
            return {"field": value["field"], "is": value["answer"]}
        return {key: _kept(item) for key, item in value.items() if item not in (None, "", [], False)}
    if isinstance(value, list):
        return [_kept(item) for item in value]
    return str(value) if isinstance(value, FieldKind | Period | Prefill | Weight) else value
