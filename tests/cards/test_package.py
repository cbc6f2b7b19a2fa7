"""The cards of a package: the shipped ones are sound, and every fault is found with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

import zhitong
from zhitong.domain.cards.package import TemplateRecord, parse
from zhitong.domain.cards.rules.templates import template_of
from zhitong.kit.source import Finding, Source

SHIPPED = Path(zhitong.__file__).parent / "domain/campaigns/packages/hebei-2018"

CATEGORIES = """\
- kind: industry
  categories:
    - {code: land, label: 用地需求}
    - {code: other, label: 其他}
"""
CARD = """\
code: industry
version: 1
kind: industry
name: 反馈卡
period: month
sections:
  - code: situation
    title: 本期情况
    prefill: never
    fields:
      - {code: revenue, label: 收入, type: money, least: 0}
      - {code: profit, label: 利润, type: money}
      - {code: name, label: 名称, type: text}
      - {code: diagnosis, label: 盈亏, type: choice, options: [{code: good, label: 盈利}]}
checks:
  - {left: profit, must: "<=", right: revenue, severity: warning, say: 请核对。}
problems:
  title: 问题
  most: 20
  fields:
    - {code: category, label: 类别, type: choice, options_of: categories}
    - {code: text, label: 内容, type: long_text, longest: 5000}
    - {code: known_to_head, label: 负责人已知晓, type: yes_no}
"""


def read(folder: Path, card: str, categories: str = CATEGORIES) -> tuple[list[TemplateRecord], list[Finding]]:
    (folder / "cards").mkdir()
    (folder / "cards/industry.yaml").write_text(card, encoding="utf-8")
    (folder / "categories.yaml").write_text(categories, encoding="utf-8")
    return parse(Source(folder))


def test_the_shipped_cards_have_no_findings() -> None:
    source = Source(SHIPPED)

    records, findings = parse(source)

    assert [str(finding) for finding in findings + source.findings] == []
    assert {(record.code, record.subject_kind) for record in records} >= {
        ("industry", "industry"), ("services", "services"), ("tech_sme", "tech_sme"),
    }


def test_a_template_carries_the_categories_of_its_kind(tmp_path: Path) -> None:
    [record], findings = read(tmp_path, CARD)

    category = template_of(record.definition).problems.field("category")
    assert findings == []
    assert [(option.code, option.label) for option in category.options] == [("land", "用地需求"), ("other", "其他")]


@pytest.mark.parametrize(
    ("sound", "faulty", "line", "words"),
    [
        ("type: money, least: 0", "type: mony, least: 0", 11, "只能是 text、"),
        ("code: profit", "code: revenue", 12, "已经用过"),
        ("label: 收入, ", "", 11, "缺少“label”"),
        ("名称, type: text", "名称, type: text, least: 1", 13, "不用写最小值（least）"),
        ("least: 0", "least: 5, most: 1", 11, "最小值（least）大于"),
        (", options: [{code: good, label: 盈利}]", "", 14, "单选要有选项"),
        ("options: [{code: good, label: 盈利}]", "options_of: categories", 14, "只有问题部分的类别"),
        ("right: revenue", "right: turnover", 16, "“turnover”"),
        ("right: revenue", "right: name", 16, "单位不同"),
        ("left: profit", "left: name", 16, "不是数"),
        ("right: revenue", "right: revenue, number: 3", 16, "也只能写一个"),
        ('"<="', '"~"', 16, "没有“~”"),
        ("severity: warning", "severity: warning, when: {field: diagnosis, is: bad}", 16, "“bad”"),
        ("severity: warning", "severity: mild", 16, "只能是 error、warning"),
        ("options_of: categories", "options_of: kinds", 21, "“kinds”"),
        ("options_of: categories", "options: [{code: lnad, label: 地}]", 21, "是不是“land”"),
        ("kind: industry", "kind: services", 21, "没有 services 的问题类别"),
        ("    - {code: known_to_head, label: 负责人已知晓, type: yes_no}\n", "", 20, "缺少“known_to_head”"),
        ("code: text, label: 内容, type: long_text", "code: text, label: 内容, type: text", 22, "应是 long_text"),
        ("period: month", "period: daily", 5, "只能是 month、quarter、ad_hoc"),
        ("名称, type: text", "名称, type: multi_choice", 13, "多选要有选项"),
        ("名称, type: text", "名称, type: photo, most: 0", 13, "1以上的整数"),
        ("名称, type: text", "名称, type: date, least: 1", 13, "“日期”不用写最小值"),
        ("名称, type: text", "名称, type: text, when: {field: diagnosis, is: good}", 13, "前面没有“diagnosis”"),
        ("type: choice,", "type: choice, when: {field: name, is: x},", 14, "“名称”没有选项"),
        ("title: 本期情况", "title: 本期情况\n    lists: core", 9, "应当是一列词"),
    ],
)
def test_a_fault_is_found_at_its_line(tmp_path: Path, sound: str, faulty: str, line: int, words: str) -> None:
    assert CARD.count(sound) >= 1

    records, findings = read(tmp_path, CARD.replace(sound, faulty, 1))

    assert records == []
    assert any(one.line == line and words in one.message for one in findings), [str(one) for one in findings]
    assert {one.file for one in findings} == {"cards/industry.yaml"}


def test_a_section_may_be_for_some_lists_and_a_field_for_some_answers(tmp_path: Path) -> None:
    card = CARD.replace("    title: 本期情况", "    title: 本期情况\n    lists: [core-2018]").replace(
        "checks:", "      - {code: loss, label: 亏损原因, type: text, when: {field: diagnosis, is: good}}\nchecks:",
    )

    [record], findings = read(tmp_path, card)

    template = template_of(record.definition)
    assert findings == []
    assert template.sections[0].is_asked_of(["core-2018"])
    assert not template.sections[0].is_asked_of(["other"])
    [loss] = [field for field in template.fields() if field.code == "loss"]
    assert loss.when is not None
    assert loss.when.holds({"diagnosis": "good"})
    assert not loss.when.holds({})


def test_two_files_with_one_code_are_a_finding(tmp_path: Path) -> None:
    read(tmp_path, CARD)
    (tmp_path / "cards/second.yaml").write_text(CARD, encoding="utf-8")

    _, findings = parse(Source(tmp_path))

    assert [(one.file, one.line) for one in findings] == [("cards/second.yaml", 1)]
