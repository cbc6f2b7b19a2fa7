"""An XLSForm understood, line by line: sections from groups, fields from questions, checks from constraints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhitong.domain.cards.rules.kinds import FIGURES, WORDS, FieldKind, Prefill, Weight
from zhitong.domain.cards.rules.templates import NO, YES
from zhitong.domain.cards.rules.xlsform.sayings import Bound, Length, answered, held
from zhitong.domain.cards.rules.xlsform.sheets import CHOICES, SURVEY, Finding, Form, Line

_KINDS = {
    "text": FieldKind.TEXT, "string": FieldKind.TEXT, "integer": FieldKind.COUNT, "int": FieldKind.COUNT,
    "decimal": FieldKind.NUMBER, "date": FieldKind.DATE, "image": FieldKind.PHOTO, "photo": FieldKind.PHOTO,
    "file": FieldKind.FILE,
}
_SELECTS = {
    "select_one": FieldKind.CHOICE, "select one": FieldKind.CHOICE, "select_multiple": FieldKind.MULTI_CHOICE,
    "select multiple": FieldKind.MULTI_CHOICE,
}
_SELECT = re.compile(r"(select_one|select one|select_multiple|select multiple)\s+(\S+)(\s+or_other)?", re.IGNORECASE)
_BEGIN, _END = re.compile(r"begin[_ ](group|repeat)"), re.compile(r"end[_ ](group|repeat)")
_BY_ITSELF = frozenset({"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username",
                        "email", "audit", "start-geopoint"})
_TAKEN = frozenset({"type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message",
                    "appearance"})
_CODE = re.compile(r"[A-Za-z_][0-9A-Za-z_]{0,39}")
_TRUE = frozenset({"yes", "true", "true()", "1"})
_YES_NO = ("是", "否")


@dataclass(frozen=True, slots=True)
class Understood:
    """What a form comes to: its name and code (empty where it gives none), sections, checks, and the rest as findings."""

    name: str
    code: str
    sections: Sequence[dict[str, Any]]
    checks: Sequence[dict[str, Any]]
    findings: Sequence[Finding]


def understood(form: Form) -> Understood:
    """The sections, fields and checks of a form, and a finding for everything that was not taken as it stands."""
    reader = _Reader(_offered(form.choices))
    for line in form.survey:
        reader.take(line)
    reader.close()
    reader.choose_among_known()
    code = re.sub(r"[^0-9A-Za-z_-]", "", form.settings.get("form_id", ""))[:40]
    return Understood(
        form.settings.get("form_title", "")[:60], code, reader.sections, reader.checks,
        sorted([*reader.findings, *_strange_choices(form), *form.aside], key=lambda one: (one.sheet != SURVEY, one.row)),
    )


def _offered(choices: Sequence[Line]) -> Mapping[str, list[dict[str, str]]]:
    """The options of each list, by its name."""
    lists: dict[str, list[dict[str, str]]] = {}
    for line in choices:
        if line.text("list_name") and line.text("name"):
            option = {"code": line.text("name"), "label": line.text("label") or line.text("name")}
            lists.setdefault(line.text("list_name"), []).append(option)
    return lists


def _strange_choices(form: Form) -> list[Finding]:
    used = {found[2] for line in form.survey if (found := _SELECT.fullmatch(line.text("type")))}
    findings = []
    for line in form.choices:
        if not line.text("list_name") or not line.text("name"):
            findings.append(Finding(CHOICES, line.row, "没有写 list_name 或 name，这个选项没有采用。"))
        elif line.text("list_name") not in used:
            findings.append(Finding(CHOICES, line.row, f"选项表“{line.text('list_name')}”没有栏目使用，没有采用。"))
        extra = sorted(line.cells.keys() - {"list_name", "name", "label"})
        if extra:
            findings.append(Finding(CHOICES, line.row, f"“{'、'.join(extra)}”没有采用，只取选项的代码和名称。"))
    return findings


@dataclass
class _Reader:
    """Walks down the survey sheet; `groups` are those one stands in, with the condition each lays on its questions."""

    lists: Mapping[str, list[dict[str, str]]]
    sections: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    groups: list[tuple[str, str, bool]] = field(default_factory=list)
    kinds: dict[str, dict[str, Any]] = field(default_factory=dict)
    comparisons: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    row: int = 0

    def say(self, sentence: str) -> None:
        self.findings.append(Finding(SURVEY, self.row, sentence))

    def take(self, line: Line) -> None:
        """One line: a group begins or ends, a note, or a question."""
        self.row = line.row
        kind = " ".join(line.text("type").lower().split())
        if _BEGIN.fullmatch(kind):
            self._begin(line, is_repeat="repeat" in kind)
        elif _END.fullmatch(kind):
            if self.groups:
                self.groups.pop()
            else:
                self.say("没有与它对应的 begin，没有采用。")
        elif any(is_repeat for _title, _relevant, is_repeat in self.groups):
            self.say(f"“{_named(line)}”在重复组里，卡片没有重复的栏目，没有采用。")
        elif kind == "note":
            self._note(line)
        elif kind in _BY_ITSELF:
            self.say(f"“{kind}”由系统自己记录，不用写成栏目，没有采用。")
        else:
            self._question(line, kind)

    def close(self) -> None:
        """After the last line: groups left open are said, empty sections go."""
        for title, _relevant, _is_repeat in self.groups:
            self.say(f"“{title}”组没有写 end group，已按到此为止处理。")
        self.sections = [one for one in self.sections if one["fields"] or one.get("help")]
        for one in self.sections:
            if not one["fields"]:
                self.say(f"“{one['title']}”只有说明，没有栏目，请加上栏目或删去。")

    def choose_among_known(self) -> None:
        """Keep the comparisons whose other field is there and counts the same."""
        for row, check in self.comparisons:
            other = self.kinds.get(check.get("right", ""))
            if "right" in check and (other is None or other["type"] != self.kinds[check["left"]]["type"]):
                self.findings.append(Finding(SURVEY, row, f"比较的“{check['right']}”不是同类的数，这条核对没有采用。"))
            else:
                self.checks.append(check)

    def _begin(self, line: Line, *, is_repeat: bool) -> None:
        title = line.text("label") or line.text("name") or "未命名"
        if is_repeat:
            self.say(f"“{title}”是重复组，卡片没有重复的栏目，组里的栏目没有采用。")
        outer = self.groups[-1] if self.groups else ("", "", False)
        relevant = line.text("relevant")
        if relevant and outer[1]:
            self.say("外层的组已有条件，本组的条件没有采用，请在编辑时核对。")
        self.groups.append((f"{outer[0]} · {title}" if outer[0] else title, outer[1] or relevant, is_repeat or outer[2]))
        self._leftovers(line, _TAKEN - {"constraint", "constraint_message", "required", "hint"})

    def _section(self) -> dict[str, Any]:
        """The section in which a question stands now; a new one when the group has changed."""
        title = (self.groups[-1][0] if self.groups else "填报内容")[:60]
        if not self.sections or self.sections[-1]["title"] != title:
            self.sections.append({
                "code": f"s{len(self.sections) + 1}", "title": title, "prefill": str(Prefill.NEVER), "fields": [],
            })
        return self.sections[-1]

    def _note(self, line: Line) -> None:
        section = self._section()
        section["help"] = "\n".join(filter(None, (section.get("help", ""), line.text("label"))))
        self.say(f"说明已放到“{section['title']}”部分的开头。")
        if line.text("relevant"):
            self.say("说明的显示条件没有采用，会一直显示。")

    def _question(self, line: Line, kind: str) -> None:
        found = self._kind(line, kind)
        if found is None:
            return
        asked: dict[str, Any] = {"code": self._code(line), "label": self._label(line), "type": str(found[0])}
        asked |= {"options": found[1]} if found[1] and found[0] is not FieldKind.YES_NO else {}
        if line.text("required").lower() in _TRUE:
            asked["required"] = True
        elif line.text("required").lower() not in ("", "no", "false", "false()", "0"):
            self.say(f"必填的条件“{line.text('required')}”没有采用，按选填处理。")
        if line.text("hint"):
            asked["help"] = line.text("hint")
        self._condition(asked, line)
        self._section()["fields"].append(asked)
        self.kinds[asked["code"]] = {**asked, "offered": found[1]}
        self._constraint(asked, line, found[0])
        if line.text("appearance") not in ("", "multiline"):
            self.say(f"外观“{line.text('appearance')}”没有采用，按本系统的样式显示。")
        self._leftovers(line, _TAKEN)

    def _kind(self, line: Line, kind: str) -> tuple[FieldKind, list[dict[str, str]]] | None:
        """What a question takes and offers; None, said, when a card has nothing like it."""
        select = _SELECT.fullmatch(" ".join(line.text("type").split()))
        if select is None:
            if kind not in _KINDS:
                self.say(f"不认识类型“{line.text('type')}”，“{_named(line)}”没有采用。")
                return None
            is_long = kind == "text" and "multiline" in line.text("appearance")
            return (FieldKind.LONG_TEXT if is_long else _KINDS[kind]), []
        options = self.lists.get(select[2], [])
        if not options:
            self.say(f"choices 里没有选项表“{select[2]}”，“{_named(line)}”没有采用。")
            return None
        if select[3]:
            options = [*options, {"code": "other", "label": "其他"}]
        is_one = _SELECTS[select[1].lower()] is FieldKind.CHOICE
        if is_one and sorted(one["label"] for one in options) == sorted(_YES_NO):
            return FieldKind.YES_NO, options
        return _SELECTS[select[1].lower()], options

    def _code(self, line: Line) -> str:
        name = line.text("name")
        if _CODE.fullmatch(name) and name not in self.kinds:
            return name
        code = next(f"q{n}" for n in range(line.row, 100_000) if f"q{n}" not in self.kinds)
        self.say(f"名称“{name}”{'已经用过' if name in self.kinds else '不能作为代码'}，代码改为“{code}”。")
        return code

    def _label(self, line: Line) -> str:
        if not line.text("label"):
            self.say(f"没有写 label，栏目名称先用“{line.text('name')}”，请改成中文。")
        return (line.text("label") or line.text("name") or "未命名")[:100]

    def _condition(self, asked: dict[str, Any], line: Line) -> None:
        own, outer = line.text("relevant"), self.groups[-1][1] if self.groups else ""
        if own and outer:
            self.say(f"所在的组已有条件，只用了本栏的条件“{own}”，请核对。")
        relevant = own or outer
        if not relevant:
            return
        found = answered(relevant)
        question = self.kinds.get(found[0]) if found else None
        answer = _answer(question, found[1]) if found and question else None
        if answer is None:
            self.say(f"条件“{relevant}”没有采用，这一栏会一直问，请在编辑时写明。")
        elif found:
            asked["when"] = {"field": found[0], "is": answer}

    def _constraint(self, asked: dict[str, Any], line: Line, kind: FieldKind) -> None:
        constraint = line.text("constraint")
        if not constraint:
            return
        parts = held(constraint)
        fits = parts and all(kind in (FIGURES if isinstance(part, Bound) else WORDS) for part in parts)
        if not parts or not fits:
            self.say(f"限制“{constraint}”没有采用，请在编辑时写明。")
            return
        for part in parts:
            if isinstance(part, Length):
                asked["longest"] = part.longest
            else:
                self._bound(asked, part, line.text("constraint_message"))

    def _bound(self, asked: dict[str, Any], bound: Bound, message: str) -> None:
        """A bound that includes its number is a limit of the field; any other is a check."""
        if bound.number is not None and bound.must in ("<=", ">="):
            asked["most" if bound.must == "<=" else "least"] = str(bound.number)
            return
        words = {"<": "小于", ">": "大于", "<=": "不大于", ">=": "不小于"}[bound.must]
        with_what: dict[str, Any] = {"right": bound.field} if bound.number is None else {"number": str(bound.number)}
        than = self.kinds.get(bound.field, {}).get("label", bound.field) if bound.number is None else bound.number
        say = message or f"“{asked['label']}”应{words}{than}，请核对。"
        check = {"left": asked["code"], "must": bound.must, **with_what, "severity": str(Weight.ERROR), "say": say}
        self.comparisons.append((self.row, check))

    def _leftovers(self, line: Line, taken: frozenset[str]) -> None:
        extra = [f"{column}“{text}”" for column, text in sorted(line.cells.items()) if column not in taken]
        if extra:
            self.say(f"{'、'.join(extra)}没有采用。")


def _answer(question: Mapping[str, Any], name: str) -> str | None:
    """The answer as our conditions write it; None when the question does not offer it."""
    label = next((one["label"] for one in question["offered"] if one["code"] == name), None)
    if label is None or question["type"] != str(FieldKind.YES_NO):
        return name if label is not None else None
    return YES if label == _YES_NO[0] else NO


def _named(line: Line) -> str:
    return line.text("label") or line.text("name") or line.text("type")
