"""Any text at all is read without a stumble, in the same way each time, and every span lies inside it (issue: deterministic)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.files import DOCUMENTS, document
from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import Unreadable, read_bytes, read_text
from zhitong.policy.shapes import Plan, Span, as_json

PIECES = """一、 （一） (二) 1. 2． （3） ④ 第一章 第二条 附件1 目录 责任单位：
（责任单位： ） 〔 〕 牵头 配合 、 ， 。 ； ： 12 1.5万 50% 以上
2018年 6月底前 市财政局 各县（市、区）人民政府 关于印发 《 》 的通知 实施意见 演政发〔2018〕1号 全年新增 家 甲乙 力争 不低于 其中 ……3
[bookmark:a] —1— 您现在的位置 抄送： 2018年4月20日 二〇一八年 x 𠀀""".split()
BLANKS = ["\n", "\n\n", "\u3000", "\t", "\xa0", "\u200b", "\r\n", " "]
SIGNS = "一1.、（）()：。\n \u3000甲责任单位年月%\u200b𠀀"
PAPERS = st.lists(st.sampled_from([*PIECES, *BLANKS]), max_size=60).map("".join) | st.text(SIGNS, max_size=80)
ODD = {
    "open brackets": "（" * 20_000,
    "labels": "（责任单位：" * 3_000,
    "bodies": "人民政府、" * 2_000,
    "digits": "1" * 20_000,
    "dots": "." * 20_000,
    "numbers": "1.甲\n" * 5_000,
    "signs": "一" * 20_000,
    "residue": "[bookmark: " * 2_000,
    "titles": "关于印发" * 5_000,
    "days": "2018年1月1日\n" * 2_000,
}
SECONDS = 5


def spans_of(plan: Plan) -> Iterator[Span]:
    yield from plan.noise
    yield from ((section.start, section.end) for section in plan.sections)
    yield from ((section.start, section.text_end) for section in plan.sections)
    for task in plan.tasks:
        yield task.start, task.end
        assert task.body_start is not None
        yield task.body_start, task.end
        yield from task.responsible_spans
        yield from ((one.start, one.end) for one in task.responsible if one.start is not None and one.end is not None)
    yield from ((one.start, one.end) for one in plan.indicators)


@given(text=PAPERS.filter(str.strip))
def test_any_text_is_read_the_same_each_time_with_spans_inside_it(text: str) -> None:
    plan = compile_reading(read_text(text))

    assert [span for span in spans_of(plan) if not 0 <= span[0] <= span[1] <= len(text)] == []
    assert len({section.id for section in plan.sections}) == len(plan.sections)
    assert len({task.id for task in plan.tasks}) == len(plan.tasks)
    assert as_json(compile_reading(read_text(text))) == as_json(plan)


@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(Unreadable):
        assert read_bytes(content, "文件").text.strip()


@pytest.mark.parametrize("name", sorted(path.stem for path in DOCUMENTS.glob("*.txt")))
def test_sections_follow_each_other_and_hold_their_duties(name: str) -> None:
    plan = compile_reading(read_text(document(name)))

    assert [section.end for section in plan.sections[:-1]] == [section.start for section in plan.sections[1:]]
    assert {task.section_path.split("/-")[0] for task in plan.tasks} <= {section.path for section in plan.sections}


@pytest.mark.parametrize("kind", ODD)
def test_hostile_text_is_read_in_seconds(kind: str) -> None:
    began = time.process_time()

    compile_reading(read_text(ODD[kind]))

    assert time.process_time() - began < SECONDS
