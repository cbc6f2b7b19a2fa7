"""Where no clause is printed, the sentences of a duty say who answers for it (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.responsibility.telling import read, told


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("市活动领导小组办公室会同市督查办及市委、市政府督查室，实施联合督查。",
         "市活动领导小组办公室 lead; 市督查办 support; 市委督查室 support [市委]; 市政府督查室 support"),
        ("由市教育局牵头，会同市财政局、市人社局制定方案。", "市教育局 lead; 市财政局 support; 市人社局 support"),
        ("市教育局会同市财政局、市人社局制定办法，逐步推开。", "市教育局 lead; 市财政局 support; 市人社局 support"),
        ("建成平台3个，由市科技局牵头，市财政局、各区县配合。", "市科技局 lead; 市财政局 support; 各区县 support *"),
        ("各市县负责推动企业填报反馈卡，市直有关部门负责审核。",
         "各市县 responsible {推动企业填报反馈卡} *; 市直有关部门 responsible {审核} *"),
        ("各专项行动牵头单位负责全面排查突出问题。", "各专项行动牵头单位 lead *"),
        ("各区县也要相应建立督查机制，确保效果。", "各区县 responsible {建立督查机制} *"),
        ("（3）2019年市水利局要会同有关部门提出办法。", "市水利局 lead; 有关部门 support *"),
        ("按照市级要求演示新区负责组织填报。", "演示新区 responsible {组织填报}"),
    ],
)  # fmt: skip
def test_a_sentence_with_a_unit_for_its_subject_lays_a_duty_on_it(sentence: str, units: str) -> None:
    assert told("三、完善机制。建立制度。" + sentence) == units


def test_the_span_is_the_subject_with_its_verb_and_the_clause_is_prose() -> None:
    (clause,) = read("完善机制。各区县负责推动企业填报。")

    assert (clause.text, clause.is_prose, clause.is_damaged) == ("各区县负责", True, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "各地各部门要高度重视并精心组织。",
        "各级党政主要负责人负责，实行责任制。",
        "领导小组办公室设在市发展改革委，负责统筹协调。",
        "由市委书记任组长，市长负总责。",
        "省市县分级分工负责各项工作推进。",
        "对项目负责人进行培训，支持企业牵头组建联盟。",
        "全面推行部门联合抽查，鼓励各部门会同企业探索。",
        "办公室负责日常事务，企业负责安全。",
        "每个企业都要明确分包领导、具体责任人。",
    ],
)
def test_appeals_persons_and_passing_words_lay_none(sentence: str) -> None:
    assert read(sentence) == ()


def test_a_line_that_only_says_until_when_does_not_silence_the_sentences() -> None:
    assert told("由市教育局牵头制定办法。\n完成时限：2018年底") == "市教育局 lead"


def test_a_printed_clause_silences_the_sentences() -> None:
    assert told("各区县负责推动企业填报。（责任单位：市教育局）") == "市教育局 responsible"
