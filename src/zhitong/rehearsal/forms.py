"""The forms of the demonstration beside the monthly card: one that the province asks of projects, one being drawn up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.actions.designing import NewTemplate, begin_template, change_draft, publish_draft
from zhitong.domain.cards.queries.forms import draft_seen
from zhitong.domain.cards.rules.kinds import Period
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.rehearsal.stage import require_stage

PROVINCE_OFFICE, CITY_OFFICE = "shengban", "cangzhouban"
PUBLISHED_AT = datetime(2018, 9, 10, 10, 0, tzinfo=SHANGHAI)
DRAWN_UP_AT = datetime(2018, 9, 14, 16, 20, tzinfo=SHANGHAI)


def _field(code: str, label: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": label, "type": kind, **more}


def _choice(code: str, label: str, *labels: str, kind: str = "choice", **more: Any) -> dict[str, Any]:
    options = [{"code": f"o{at}", "label": one} for at, one in enumerate(labels, start=1)]
    return _field(code, label, kind, options=options, **more)


PROJECTS: dict[str, Any] = {
    "purpose": "了解重点项目建设进度和要素保障情况，用于调度和协调解决问题，不作为评先评优的依据。（演示内容）",
    "basis": "冀发〔2018〕7号 三（三）10",
    "source": "本表式由本平台编制，非官方表样。",
    "warning": "本系统不得填写国家秘密。",
    "sections": [
        {"code": "standing", "title": "项目基本情况", "prefill": "standing", "fields": [
            _field("name", "项目名称", "text", required=True, longest=100, fact="name"),
            _field("planned_finish", "计划竣工日期", "date", fact="planned_finish_on"),
        ]},
        {"code": "progress", "title": "本季进展", "prefill": "never", "fields": [
            _choice("stage", "建设阶段", "前期", "新开工、续建", "竣工投产", required=True),
            _field("started", "开工日期", "date", when={"field": "stage", "is": "o2"}),
            _field("invested", "自开工累计完成投资", "money", least="0", required=True, fact="invested_cny"),
            _field("this_year", "其中：本年完成投资", "money", least="0", required=True),
            _field("words", "形象进度", "long_text", longest=400, required=True, help="例如：主体封顶，设备安装过半"),
            _choice("permits", "已办手续", "立项", "用地", "规划许可", "环评", "施工许可", kind="multi_choice"),
            _field("photos", "现场照片", "photo", most="3"),
        ]},
    ],
    "checks": [{
        "left": "this_year", "must": "<=", "right": "invested", "severity": "error",
        "say": "本年完成投资大于累计完成投资，请核对两个数。",
    }],
}
WORKERS: dict[str, Any] = {
    "purpose": "摸清企业用工缺口。（演示内容）",
    "sections": [{"code": "workers", "title": "用工情况", "prefill": "never", "fields": [
        _field("employees", "从业人数", "count", unit="人", least="0", required=True, fact="employees"),
        _field("lacking", "还缺多少人", "count", unit="人", least="0", required=True),
        _choice("trades", "缺哪些工种", "普工", "技工", "技术人员", "管理人员", kind="multi_choice"),
    ]}],
}


def draw_up_forms() -> None:
    """Publish the quarterly form of projects, and leave one of workers half drawn up.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    province, city = viewer_of(PROVINCE_OFFICE), viewer_of(CITY_OFFICE)
    with acting_as(province):
        draft_id, version = drawn_up(province, SubjectKind.PROJECT, "重点项目进展季报（演示）", Period.QUARTER, PROJECTS, PUBLISHED_AT)
        publish_draft(province, draft_id, version=version, actor=province.actor("rehearsal"), now=PUBLISHED_AT)
    with acting_as(city):
        drawn_up(city, SubjectKind.INDUSTRY, "企业用工情况调查（演示）", Period.AD_HOC, WORKERS, DRAWN_UP_AT)


def drawn_up(
    viewer: Viewer, kind: SubjectKind, name: str, period: Period, said: dict[str, Any], now: datetime
) -> tuple[Any, int]:
    """A draft with what it says; (its id, its version)."""
    campaign = campaign_in_force()
    assert campaign is not None, "a campaign is loaded before forms are drawn up"
    offered: Sequence[tuple[str, str]] = [(one.code, one.label) for one in rulebook(campaign.code).of_kind(str(kind))]
    new = NewTemplate(campaign=campaign.code, kind=str(kind), name=name, period=period, categories=offered)
    actor = viewer.actor("rehearsal")
    draft_id = begin_template(viewer, new, actor=actor, now=now)
    definition = {**draft_seen(viewer, draft_id).definition, **said}
    return draft_id, change_draft(viewer, draft_id, definition, version=1, actor=actor, now=now)


def viewer_of(login: str) -> Viewer:
    """Who holds an account of the demonstration, at work."""
    tenure = Tenure.objects.get(person__login=login)
    found = viewer_for(tenure.person_id, tenure.post_id, day_of(DRAWN_UP_AT))
    assert found is not None, f"{login} holds a post"
    return found
