"""Every notation of the field for who answers for what (R-C6), on invented lines in the style of real papers."""

from __future__ import annotations

import pytest

from tests.policy.responsibility.telling import read, told

BOTH = "市教育局 responsible; 市民政局 responsible"


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("建成平台。（责任单位：市发展改革委牵头，市财政局、市科技局配合）", "市发展改革委 lead; 市财政局 support; 市科技局 support"),
        ("建成平台。责任单位：市教育局、市民政局", BOTH),
        ("责任单位：市教育局、市民政局", BOTH),
        ("——责任单位：市教育局、市民政局。", BOTH),
        ("建成平台。【责任单位：市教育局、市民政局】", BOTH),
        ("建成平台。[责任单位:市教育局、市民政局]", BOTH),
        ("建成平台。（责 任 单 位：市教育局、市民政局）", BOTH),
        ("建成平台。（责任单位\u00a0：市教育局、\n市民政局）", BOTH),
        ("（责任单位市教育局、市民政局）", BOTH),
        ("责任单位：\n市教育局、市民政局", BOTH),
        ("甲事。\r\n责任单位：\r\n市教育局、市民政局\r\n乙事。", BOTH),
        ("甲事。（责任单位：市教育局、\r\n市民政局）\r\n乙事。", BOTH),
        ("建成平台。（市教育局、市民政局）", BOTH),
        ("建成平台。（市教育局和市民政局负责）", BOTH),
        ("建成平台。（责任单位：市教育局 市民政局）", BOTH),
        ("(牵头单位:市教育局;责任单位:市财政局,各乡镇)", "市教育局 lead; 市财政局 responsible; 各乡镇 responsible *"),
        ("（牵头单位：市教育局，配合单位：市财政局）", "市教育局 lead; 市财政局 support"),
        ("（牵头单位市教育局，配合单位市财政局）", "市教育局 lead; 市财政局 support"),
        ("牵头单位为市教育局，责任单位为市财政局。", "市教育局 lead; 市财政局 responsible"),
        ("【牵头单位】市教育局【配合单位】市财政局", "市教育局 lead; 市财政局 support"),
        ("牵头：市教育局　配合：市财政局、市人社局", "市教育局 lead; 市财政局 support; 市人社局 support"),
        ("市级牵头单位：市教育局；协同责任单位：市财政局", "市教育局 lead; 市财政局 support"),
        ("（主办单位：市教育局；协办单位：市财政局；落实单位：各县区）", "市教育局 lead; 市财政局 support; 各县区 responsible *"),
        ("（第一牵头单位：市教育局；第二牵头单位：市财政局）", "市教育局 lead; 市财政局 lead"),
        ("（市教育局牵头，市财政局负责）", "市教育局 lead; 市财政局 responsible"),
        ("（市教育局牵头、市财政局配合）", "市教育局 lead; 市财政局 support"),
        ("（市委农办、市委组织部牵头，市财政局配合）", "市委农办 lead; 市委组织部 lead; 市财政局 support"),
        ("（市人社局牵头，市总工会、市妇联，各镇街〔园区〕配合）",
         "市人社局 lead; 市总工会 support; 市妇联 support; 各镇街〔园区〕 support *"),
        ("（各县（区）人民政府、管委会负责）", "各县（区）人民政府 responsible *; 各管委会 responsible [管委会] *"),
        ("（市直有关部门、单位负责）", "市直有关部门 responsible *; 市直有关单位 responsible [单位] *"),
        ("（1）参保全覆盖。（市医保局）（2）救治率达到95%。（市卫健局）", "市医保局 responsible; 市卫健局 responsible"),
        ("（市生态环境局、市住建局牵头督导，市公安局参与）", "市生态环境局 lead; 市住建局 lead; 市公安局 support"),
        ("（3、4项牵头单位：市住建局，责任单位：市财政局）", "市住建局 lead; 市财政局 responsible"),
        ("（各县〈市、区〉人民政府、市教育局负责）", "各县〈市、区〉人民政府 responsible *; 市教育局 responsible"),
        ("（由市教育局牵头、会同市财政局）", "市教育局 lead; 市财政局 support"),
        ("（市教育局会同市财政局、市人社局负责）", "市教育局 lead; 市财政局 support; 市人社局 support"),
        ("（市教育局为牵头单位，市财政局、市人社局为配合单位）", "市教育局 lead; 市财政局 support; 市人社局 support"),
        ("（市教育局（牵头）、市财政局、市人社局（配合））", "市教育局 lead; 市财政局 support; 市人社局 support"),
        ("（市教育局负总责，市财政局、市人社局协同推进）", "市教育局 lead; 市财政局 support; 市人社局 support"),
        ("（市教育局、市财政局牵头组织实施，市人社局做好相关配合工作）", "市教育局 lead; 市财政局 lead; 市人社局 support"),
        ("（市教育局、市民政局等按职责分工负责）", BOTH),
        ("（市教育局、市民政局按照各自职责抓好落实）", BOTH),
        ("（市教育局、市民政局，按职责分工负责）", BOTH),
        ("（责任单位：市教育局牵头，市财政局等部门配合）", "市教育局 lead; 市财政局 support"),
        ("（市教育局等有关部门和单位负责）", "市教育局 responsible"),
        ("（市教育局等市级有关部门和各县区政府负责）", "市教育局 responsible; 各县区政府 responsible *"),
        ("（省教育厅指导，各市政府负责落实）", "省教育厅 support; 各市政府 responsible *"),
        ("（市教育局牵头，市财政局，市人社局，各县区配合）", "市教育局 lead; 市财政局 support; 市人社局 support; 各县区 support *"),
        ("〔责任单位：市公安局(市交警支队)牵头，市城管局配合〕", "市公安局 lead [市公安局(市交警支队)]; 市城管局 support"),
        ("（市委办公室（市档案局）、市文化广电和旅游局负责）",
         "市委办公室 responsible [市委办公室（市档案局）]; 市文化广电和旅游局 responsible"),
        ("（省住房和城乡建设厅、省农业农村厅）", "省住房和城乡建设厅 responsible; 省农业农村厅 responsible"),
        ("（国家发展改革委、财政部、市场监管总局按职责分工负责）",
         "国家发展改革委 responsible; 财政部 responsible; 市场监管总局 responsible"),
        ("（责任单位：甲集团、演示港务有限公司，人民银行演示支行）",
         "甲集团 responsible; 演示港务有限公司 responsible; 人民银行演示支行 responsible"),
    ],
)  # fmt: skip
def test_units_and_roles_are_read(line: str, units: str) -> None:
    assert told(line) == units


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("（县城厕所由县住建局负责;农村厕所由县农业局、县卫健局负责。）",
         "县住建局 responsible {县城厕所}; 县农业局 responsible {农村厕所}; 县卫健局 responsible {农村厕所}"),
        ("（其中，养老由县民政局牵头，县财政局配合；托幼由县卫健局牵头）",
         "县民政局 lead {养老}; 县财政局 support {养老}; 县卫健局 lead {托幼}"),
        ("（责任单位：市城管局牵头统筹全市厕所改造，其中城区由市城管局负责）",
         "市城管局 lead {统筹全市厕所改造}; 市城管局 responsible {城区}"),
        ("（养老、托幼分别由县民政局、县卫健局负责）", "县民政局 responsible {养老}; 县卫健局 responsible {托幼}"),
        ("（县民政局、县卫健局分别负责养老、托幼）", "县民政局 responsible {养老}; 县卫健局 responsible {托幼}"),
        ("（市教育局负责学前教育、义务教育，市民政局负责养老）",
         "市教育局 responsible {学前教育、义务教育}; 市民政局 responsible {养老}"),
        ("责任分工：市住建局：负责城区；市农业局：负责农村。", "市住建局 responsible {城区}; 市农业局 responsible {农村}"),
        ("（市教育局牵头制定办法，市财政局配合）", "市教育局 lead {制定办法}; 市财政局 support"),
        ("（城区：市住建局负责；农村：各县区政府负责）", "市住建局 responsible {城区}; 各县区政府 responsible {农村} *"),
        ("（责任单位：市住建局（负责城区）、市农业局（负责农村））",
         "市住建局 responsible {城区}; 市农业局 responsible {农村}"),
    ],
)  # fmt: skip
def test_parts_of_a_task_go_to_their_units(line: str, units: str) -> None:
    assert told(line) == units


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("（责任单位：东城新区科技局、经发局）", "东城新区科技局 responsible; 东城新区经发局 responsible [经发局]"),
        ("（省发展改革委、财政厅，水利厅配合）", "省发展改革委 responsible; 省财政厅 responsible [财政厅]; 省水利厅 support [水利厅]"),
        ("（市委组织部、宣传部，市财政局、审计局负责）",
         "市委组织部 responsible; 市委宣传部 responsible [宣传部]; 市财政局 responsible; 市审计局 responsible [审计局]"),
        ("（责任单位：东湖开发区、西山产业园区、北岭新区管委会）",
         "东湖开发区管委会 responsible [东湖开发区]; 西山产业园区管委会 responsible [西山产业园区]; 北岭新区管委会 responsible"),
        ("（责任单位：演东县、演西县、演南区政府）",
         "演东县政府 responsible [演东县]; 演西县政府 responsible [演西县]; 演南区政府 responsible"),
        ("（责任单位：城关、东关镇政府，东街、西街街道办事处）",
         "城关镇政府 responsible [城关]; 东关镇政府 responsible; 东街街道办事处 responsible [东街]; 西街街道办事处 responsible"),
        ("（责任单位：各市、县（市、区）政府）", "各市政府 responsible [各市] *; 各县（市、区）政府 responsible [县（市、区）政府] *"),
        ("（责任单位：各乡（镇）党委、政府）", "各乡（镇）党委 responsible *; 各乡（镇）政府 responsible [政府] *"),
        ("（责任单位：省委、省政府督查室）", "省委督查室 responsible [省委]; 省政府督查室 responsible"),
        ("（责任单位：各区、县级市）", "各区 responsible *; 各县级市 responsible [县级市] *"),
        ("（市发展改革、财政等部门负责）", "市发展改革部门 responsible [市发展改革]; 市财政部门 responsible [财政]"),
        ("（责任单位：市民政局、残联、团市委、国网演示供电公司）",
         "市民政局 responsible; 市残联 responsible [残联]; 团市委 responsible; 国网演示供电公司 responsible"),
        ("（责任单位：各县区、开发区管委会）", "各县区 responsible *; 开发区管委会 responsible"),
    ],
)  # fmt: skip
def test_what_names_share_is_put_back_and_what_is_printed_is_kept(line: str, units: str) -> None:
    assert told(line) == units


def test_collective_nouns_are_flagged() -> None:
    (clause,) = read(
        "（责任单位：领导小组成员单位、各有关单位、各级各部门、各乡镇、市直有关部门、县（市、区）政府、市政府、市市场监管部门）"
    )

    assert [one.name for one in clause.responsible if not one.is_collective] == ["市政府", "市市场监管部门"]


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("（责任单位：市教育局牵头，市财政局配合；2018年6月底前完成）", "2018年6月底前完成"),
        ("（责任单位：市教育局，2018年12月31日前）", "2018年12月31日前"),
        ("（市教育局负责，长期坚持）", "长期坚持"),
        ("（责任单位：市教育局；完成时限：2018年6月底前）", "2018年6月底前"),
        ("时限要求：2018年6月底", "2018年6月底"),
        ("责任单位：市教育局 完成时间：全年", "全年"),
        ("（责任单位：市教育局）", None),
    ],
)  # fmt: skip
def test_a_limit_of_time_among_the_units_is_kept_apart(line: str, due: str | None) -> None:
    (clause,) = read(line)

    assert clause.due_text == due
    assert {one.name for one in clause.responsible} <= {"市教育局", "市财政局"}


@pytest.mark.parametrize(
    "line",
    [
        "责任领导：张建国",
        "（责任单位：市教育局；责任领导：张建国、李伟）",
        "（责任单位：市教育局，责任人：王某某）",
        "（责任单位：市教育局 李伟）",
        "（责任单位：市教育局、副市长张建国）",
    ],
)
def test_a_person_is_no_unit(line: str) -> None:
    assert told(line) in ("", "市教育局 responsible")


@pytest.mark.parametrize(
    "line",
    [
        "建设众创空间（星创空间）80家，各市（含演东、演西市）均有园区。",
        "城镇人口（含流动人口）达到50万人（2018年）。",
        "各责任单位：要高度重视。完善责任单位考核机制，压实牵头单位责任。",
        "主要负责人要负总责，实行党政领导负责制。",
        "开展排查（每季度一次）。扶持企业（由企业自愿申报）发展。",
        "（此件公开发布）",
        "建成3所（含市教育局、市体育局）。（以下简称市政府）",
        "时间安排：自2018年3月至12月，分三个阶段推进，第一阶段为动员部署，第二阶段为组织实施。",
        "（联系人：张三，联系电话：12345）",
        "（二〇一八年四月二十日市政府",
        "配合上级部门做好工作，积极参与竞争。",
    ],
)  # fmt: skip
def test_what_merely_explains_hands_out_nothing(line: str) -> None:
    assert read(line) == ()
