"""Version 1: one file per resource, put together here. The document is at /api/v1/openapi.json."""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import NinjaAPI

from zhitong.api import leaving
from zhitong.api.door import ApiKey
from zhitong.api.failures import answer_failures_of, told_as_failures
from zhitong.api.v1 import (
    accounts,
    acts,
    amendments,
    assistance_lists,
    audit,
    blanks,
    bulletins,
    calendar,
    card_requests,
    cards,
    care,
    care_coverage,
    categories,
    clients,
    collecting,
    common_acts,
    commons,
    comparisons,
    complaints,
    cultivation,
    cycles,
    divisions,
    duties,
    edition_acts,
    editions,
    entry,
    extra_carrying,
    extras,
    feeds,
    files,
    findings,
    forecasts,
    form_drafts,
    forms,
    hand_overs,
    hotline,
    hurting,
    in_place,
    incoming_targets,
    inspections,
    instructions,
    matter_papers,
    me,
    meeting_decisions,
    meeting_habits,
    messages,
    milestones,
    notices,
    open_data,
    organisation,
    overview,
    overview_views,
    paper_numbers,
    paper_templates,
    papers,
    piece_acts,
    pieces,
    plans,
    problem,
    problems,
    progress,
    records,
    region_progress,
    regions,
    report_decisions,
    reports,
    retention,
    reviews,
    rounds,
    routing,
    screenings,
    search,
    sight,
    signing,
    source_figures,
    staffing,
    standings,
    subject_acts,
    subject_figures,
    subject_register,
    subjects,
    subscriptions,
    suggestions,
    supervisions,
    symposia,
    targets,
    tier_moves,
    tier_results,
    tiering,
    timing,
    timing_passages,
    units,
    uploads,
    urgings,
    visit_plans,
    visits,
    weight_sets,
)

RESOURCES = {
    "本岗位": (me, duties, notices, messages, feeds),
    "问题": (problems, problem, acts, signing, categories, routing, files),
    "共性问题": (commons, common_acts),
    "密封的投诉举报": (complaints,),
    "催办督办批示": (urgings, supervisions, instructions),
    "搜集": (records, hotline, screenings, symposia, suggestions),
    "卡片": (rounds, collecting, card_requests, cards, reviews, forms, form_drafts),
    "服务对象": (subject_register, subjects, subject_figures, subject_acts, assistance_lists, care_coverage, care),
    "走访": (visit_plans, visits),
    "分级帮扶与培育": (tiering, tier_results, tier_moves, cultivation),
    "导入导出": (uploads, blanks),
    "工作方案": (
        plans, targets, amendments, divisions, incoming_targets, weight_sets, milestones, extras, extra_carrying, standings, progress,
        region_progress,
    ),
    "政策文件": (papers, comparisons),
    "目标任务报告": (reports, report_decisions, source_figures),
    "督查": (inspections, findings, in_place),
    "稿件": (pieces, piece_acts),
    "推进调度": (cycles, meeting_decisions, meeting_habits),
    "通报简报": (editions, edition_acts, paper_numbers),
    "总览": (overview, overview_views),
    "搜索": (search,),
    "材料": (bulletins, matter_papers, paper_templates),
    "开放数据": (open_data,),
    "分析": (timing, timing_passages, hurting, forecasts),
    "地区与单位": (regions, units, organisation, calendar, hand_overs),
    "开通": (entry,),
    "岗位与权限": (staffing, sight),
    "留痕审计": (audit,),
    "保存期限": (retention,),
    "账号": (accounts,),
    "接入系统": (clients, subscriptions),
}


class Api(NinjaAPI):
    """Ninja's, with its document written once a process, failures told in it, and what is leaving marked."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, **given: Any) -> Any:
        """The document of the API; whoever gets it changes nothing in it."""
        return _document(self, path_prefix, frozenset(leaving.LEAVING))


@cache
def _document(api: Api, path_prefix: str | None, going: frozenset[str]) -> Any:
    """Written once: hundreds of operations take seconds of the processor."""
    document = NinjaAPI.get_openapi_schema(api, path_prefix=path_prefix)
    told_as_failures(document)
    for methods in document["paths"].values():
        for operation in methods.values():
            if operation["operationId"] in going:
                operation["deprecated"] = True
    return document


api = Api(
    title="直通 API", version="1.0.0", urls_namespace="api", docs_url=None, auth=ApiKey(),
    description="三级服务直通平台的接口：与网页相同的办理和查询。写操作须带 Idempotency-Key。用法见 docs/api.md。",
)
answer_failures_of(api)
for tag, resources in RESOURCES.items():
    for resource in resources:
        api.add_router("", resource.router, tags=[tag])
