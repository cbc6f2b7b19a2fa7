"""What a search costs: common, middling and rare phrases of two and four signs, as the page asks for them, beside the bare
query on the same index in the same run.

Every problem has a text of 60 to 120 signs made of four sentences and a name: some words stand in half of them, some in one
of two hundred, and each name in forty, whatever the scale.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, connections

from zhitong.config import database as config
from zhitong.domain.finding.queries.asking import Asked
from zhitong.domain.finding.queries.problems import problems_found
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit import clock, progress
from zhitong.rehearsal.accounts import aligned
from zhitong.rehearsal.bench.filling import fill, fill_words
from zhitong.rehearsal.opening import load_packages

READERS = (
    ("省双创双服办", "13-office"), ("市双创双服办", "1309-office"), ("县双创双服办", "130982-office"), ("省工信厅（条线）", "13-industry"),
)
TIMES, PAGE, ALIKE, SELDOM = 60, 50, 40, 200

_OPENINGS = (
    "我企业夜间限电热处理炉不能连续生产", "企业银行续贷要先还后贷过桥资金压力很大", "项目二期用地指标一直没有落实",
    "企业急需高级技工和研发人员",
    "园区道路路灯损坏夜间运输不安全", "企业污水管网接入手续办理缓慢", "出口退税资料多次退回影响资金周转", "天然气价格上涨生产成本明显增加",
)
_COURSES = (
    "每月损失约四十万元", "下月到期还款压力大", "已经列入市重点项目", "多次与有关部门联系", "订单交付时间受到影响", "设备安装进度因此推迟",
    "周边几家企业情况相同", "去年已经反映过一次",
)
_WISHES = (
    "请协调供电部门给出检修计划", "请帮助协调银行办理转期", "希望明确办理时限和责任人",
    "请组织校企对接解决用工", "请主管部门现场查看后答复",
    "希望减少重复提交的材料", "请统筹安排用地指标", "希望参照其他县市的做法办理",
)
_NAME = "chr((22000 + k %% 700)::int) || chr((29000 + k / 700 %% 6000)::int)"
_MORE = "chr((25000 + k %% 900)::int) || chr((35000 + k / 900 %% 4000)::int)"
TEXT = (
    "(SELECT (%(openings)s::text[])[1 + h %% 8] || '，' || (%(courses)s::text[])[1 + h / 8 %% 8] || '，'"
    " || CASE WHEN n %% " + str(SELDOM) + " = 0 THEN '涉及承兑贴现和错峰生产，' ELSE '' END"
    " || (%(wishes)s::text[])[1 + h / 64 %% 8] || '。本单位联系的设备型号为' || " + _NAME + " || " + _MORE +
    " || '，现场情况可以随时查看，资料齐全。' FROM (SELECT n %% greatest(1, %(rows)s / " + str(ALIKE) + ") AS k) AS named)"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """One kind of search by one reader: rows on its page, milliseconds of ours, and of the bare query on the index."""

    reader: str
    phrase: str
    rows: int
    p50_ms: float
    p99_ms: float
    bare_p50_ms: float

    @property
    def ratio(self) -> float:
        """Ours over the bare query's, at the middle."""
        return self.p50_ms / self.bare_p50_ms


def measure(scale: int) -> list[Cost]:
    """Fill the scratch database (as its owner) and measure every phrase for every reader."""
    with progress.step("准备测试场地：活动") as step:
        load_packages(step)
    with progress.step(f"填入 {scale:,} 个问题"):
        fill(scale, text=_filled(TEXT))
    with progress.step("填入词语，建索引"):
        fill_words()
    viewers = [(reader, _viewer(place, code)) for place, (reader, code) in enumerate(READERS)]
    phrases = list(_phrases(scale))
    bare = {kind: _middle([_bare(words) for words in asked]) for kind, asked in phrases}
    name = str(connection.settings_dict["NAME"])
    with config.as_role("web", name=name):
        costs = [_cost(reader, viewer, kind, asked, bare[kind]) for reader, viewer in viewers for kind, asked in phrases]
        connections.close_all()
    return costs


def told(scale: int, costs: list[Cost]) -> list[str]:
    """The measurement as a table."""
    head = ("读者", "词", "本页行", "中位毫秒", "99%毫秒", "裸查询毫秒", "比值")
    body = [
        (one.reader, one.phrase, str(one.rows), f"{one.p50_ms:.1f}", f"{one.p99_ms:.1f}", f"{one.bare_p50_ms:.2f}", f"{one.ratio:.0f}")
        for one in costs
    ]
    return [f"{scale:,} 个问题，每页 {PAGE} 行，以 zhitong_web 身份、在行级策略之下；裸查询：同一索引、同一张表、不问是谁：",
            *aligned([head, *body]), _sizes()]


def _filled(text: str) -> str:
    """The SQL of a text with its lists written out."""
    lists = {"openings": _OPENINGS, "courses": _COURSES, "wishes": _WISHES}
    for name, sentences in lists.items():
        text = text.replace(f"%({name})s", "ARRAY[" + ", ".join(f"'{one}'" for one in sentences) + "]")
    return text


def _phrases(scale: int) -> Iterator[tuple[str, list[str]]]:
    """What is looked for: a name for the table, and the words, a rare one new at every turn."""
    yield "常见二字", ["企业"] * TIMES
    yield "常见四字", ["过桥资金"] * TIMES
    yield "不多见二字", ["承兑"] * TIMES
    yield "不多见四字", ["错峰生产"] * TIMES
    names = [_name(k * 7919 % max(1, scale // ALIKE)) for k in range(TIMES)]
    yield "罕见二字", [name[:2] for name in names]
    yield "罕见四字", names


def _name(k: int) -> str:
    return chr(22000 + k % 700) + chr(29000 + k // 700 % 6000) + chr(25000 + k % 900) + chr(35000 + k // 900 % 4000)


def _viewer(place: int, code: str) -> Viewer:
    today = clock.today()
    post = Post.objects.filter(unit__code=code, kind="officer").order_by("id")[0]
    [person] = seat([Seat(login=f"searcher-{place}", name="演示", password=None, post_id=post.id, since=today)])
    viewer = viewer_for(person, post.id, today)
    assert viewer is not None, f"{code} holds its post from today"
    return viewer


def _cost(reader: str, viewer: Viewer, kind: str, asked: list[str], bare: float) -> Cost:
    took, rows = [], 0
    for words in [*asked[:3], *asked]:
        with _timed(took), acting_as(viewer):
            rows = len(problems_found(viewer, Asked(words), now=clock.now(), limit=PAGE).rows)
    took = sorted(took[3:])
    return Cost(reader, kind, rows, _middle(took), took[int(len(took) * 0.99)], bare)


def _bare(words: str) -> float:
    """Milliseconds of the same phrase on the same index: the newest fifty that hold it, no scope, no rows of problems."""
    took: list[float] = []
    with connection.cursor() as cursor, _timed(took):
        cursor.execute(
            "SELECT thing FROM problems_wording WHERE wording_signs(words) @> wording_signs(%s) AND words LIKE %s"
            " ORDER BY place DESC LIMIT %s", [words, f"%{words}%", PAGE],
        )
        found: list[tuple[UUID]] = cursor.fetchall()
        assert found, f"{words} stands in some texts"
    return took[0]


@contextmanager
def _timed(took: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took.append((time.perf_counter() - began) * 1000)


_middle: Callable[[list[float]], float] = statistics.median


def _sizes() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_size_pretty(pg_table_size('problems_wording')), pg_size_pretty(pg_relation_size('problems_wording_signs')),"
            " pg_size_pretty(pg_total_relation_size('problems_problem'))"
        )
        words, index, problems = cursor.fetchone()
    return f"磁盘：词语 {words}，词语的索引 {index}；问题表连同索引 {problems}"
