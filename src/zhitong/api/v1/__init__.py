"""Version 1: one file per resource, put together here. The document is at /api/v1/openapi.json."""

from __future__ import annotations

from ninja import NinjaAPI

from zhitong.api.door import ApiKey
from zhitong.api.failures import answer_failures_of
from zhitong.api.v1 import (
    acts,
    amendments,
    assistance_lists,
    calendar,
    card_requests,
    cards,
    care,
    care_coverage,
    categories,
    collecting,
    common_acts,
    commons,
    comparisons,
    complaints,
    cultivation,
    divisions,
    duties,
    entry,
    extra_carrying,
    extras,
    files,
    form_drafts,
    forms,
    hotline,
    incoming_targets,
    instructions,
    me,
    milestones,
    notices,
    overview,
    overview_views,
    papers,
    plans,
    problem,
    problems,
    progress,
    records,
    region_progress,
    regions,
    report_decisions,
    reports,
    reviews,
    rounds,
    routing,
    screenings,
    signing,
    source_figures,
    standings,
    subject_acts,
    subject_figures,
    subject_register,
    subjects,
    suggestions,
    supervisions,
    symposia,
    targets,
    tier_moves,
    tier_results,
    tiering,
    units,
    uploads,
    urgings,
    visit_plans,
    visits,
    weight_sets,
)

RESOURCES = {
    "本岗位": (me, duties, notices),
    "问题": (problems, problem, acts, signing, categories, routing, files),
    "共性问题": (commons, common_acts),
    "密封的投诉举报": (complaints,),
    "催办督办批示": (urgings, supervisions, instructions),
    "搜集": (records, hotline, screenings, symposia, suggestions),
    "卡片": (rounds, collecting, card_requests, cards, reviews, forms, form_drafts),
    "服务对象": (subject_register, subjects, subject_figures, subject_acts, assistance_lists, care_coverage, care),
    "走访": (visit_plans, visits),
    "分级帮扶与培育": (tiering, tier_results, tier_moves, cultivation),
    "导入导出": (uploads,),
    "工作方案": (
        plans, targets, amendments, divisions, incoming_targets, weight_sets, milestones, extras, extra_carrying, standings, progress,
        region_progress,
    ),
    "政策文件": (papers, comparisons),
    "目标任务报告": (reports, report_decisions, source_figures),
    "总览": (overview, overview_views),
    "地区与单位": (regions, units, calendar),
    "开通": (entry,),
}

api = NinjaAPI(
    title="直通 API", version="1.0.0", urls_namespace="api", docs_url=None, auth=ApiKey(),
    description="三级服务直通平台的接口：与网页相同的办理和查询。写操作须带 Idempotency-Key。用法见 docs/api.md。",
)
answer_failures_of(api)
for tag, resources in RESOURCES.items():
    for resource in resources:
        api.add_router("", resource.router, tags=[tag])
