"""Drawing up templates: begun, changed, published as a version, ended; a refused act changes nothing (R-E1)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from tests.cards.conftest import CAMPAIGN, NOW, Cast, opened_september, send, september_of
from tests.cards.forms import CATEGORIES, definition
from zhitong.domain.cards.actions import open_rounds
from zhitong.domain.cards.actions.designing import (
    DraftMoved,
    DraftThere,
    NewTemplate,
    NotSound,
    begin_template,
    change_draft,
    drop_draft,
    publish_draft,
    retire_template,
    revise_template,
)
from zhitong.domain.cards.models import TemplateDraft, TemplateRow
from zhitong.domain.cards.queries import card
from zhitong.domain.cards.queries.forms import (
    DraftView,
    FormFilters,
    count_of_forms,
    draft_seen,
    drafts_seen,
    form_seen,
    forms_page,
    review_of,
)
from zhitong.domain.cards.rules.kinds import Period, TemplateStanding
from zhitong.domain.cards.rules.templates import template_of
from zhitong.domain.cards.rules.xlsform import Finding, Understood
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as, without_first_wall
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import BadInput, NotFound, Refused

pytestmark = pytest.mark.django_db
OFFERED = [(one["code"], one["label"]) for one in CATEGORIES]
SECTION = {"code": "s1", "title": "走访情况", "prefill": "never", "fields": [{"code": "q1", "label": "走访日期", "type": "date"}]}
SAID = {"purpose": "了解困难", "basis": "冀发〔2018〕7号", "sections": [SECTION]}
NO_CHECKS: dict[str, Any] = {key: [] for key in ("checks", "sums", "against_last", "among_peers")}
NEWEST = Sort("published_at", descending=True)


def begun(viewer: Viewer, name: str = "走访卡") -> UUID:
    new = NewTemplate(campaign=CAMPAIGN, kind="industry", name=name, period=Period.QUARTER, categories=OFFERED)
    with acting_as(viewer):
        return begin_template(viewer, new, actor=viewer.actor("web"), now=NOW)


def draft(viewer: Viewer, draft_id: UUID) -> DraftView:
    with acting_as(viewer):
        return draft_seen(viewer, draft_id)


def changed(viewer: Viewer, draft_id: UUID, version: int, **parts: Any) -> int:
    with acting_as(viewer):
        said = {**draft_seen(viewer, draft_id).definition, **parts}
        return change_draft(viewer, draft_id, said, version=version, actor=viewer.actor("web"), now=NOW)


def published(viewer: Viewer, draft_id: UUID, version: int) -> UUID:
    with acting_as(viewer):
        return publish_draft(viewer, draft_id, version=version, actor=viewer.actor("web"), now=NOW)


def kinds_of(viewer: Viewer, thing_id: UUID) -> list[str]:
    with acting_as(viewer):
        return [fact.kind for fact in facts_about(thing_id)]


def test_a_template_is_drawn_up_and_published_as_version_one(cast: Cast) -> None:
    office = cast.city_office
    draft_id = begun(office)

    version = changed(office, draft_id, 1, **SAID)
    template_id = published(office, draft_id, version)

    row = TemplateRow.objects.get(id=template_id)
    assert (row.version, row.subject_kind, row.unit_id, row.definition["version"]) == (1, "industry", office.unit_id, 1)
    assert template_of(row.definition).basis == "冀发〔2018〕7号"
    assert draft(office, draft_id).published_id == template_id
    assert kinds_of(office, draft_id) == ["card.template_begun", "card.template_changed"]
    assert kinds_of(office, template_id) == ["card.template_published"]


def test_a_draft_without_purpose_basis_or_sense_is_not_published_and_stays_as_it_was(cast: Cast) -> None:
    draft_id = begun(cast.office)
    before = draft(cast.office, draft_id)

    with pytest.raises(NotSound) as refused:
        published(cast.office, draft_id, 1)

    assert refused.value.fields.keys() == {"purpose", "basis", "sections"}
    assert draft(cast.office, draft_id) == before
    assert not TemplateRow.objects.filter(code=before.definition["code"]).exists()


def test_two_colleagues_do_not_write_over_each_other(cast: Cast) -> None:
    draft_id = begun(cast.office)
    changed(cast.office, draft_id, 1, purpose="甲写的")

    with pytest.raises(DraftMoved):
        changed(cast.office, draft_id, 1, purpose="乙写的")

    assert draft(cast.office, draft_id).definition["purpose"] == "甲写的"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"sections": [{"code": "s1"}]}, "缺少"),
        ({"purpose": "绝密文件要求"}, "非涉密"),
        ({"sections": [{**SECTION, "fields": [{"code": f"q{n}", "label": "栏", "type": "text"} for n in range(201)]}]}, "最多200栏"),
        ({"warning": "字" * 300_001}, "太大"),
        ({"sections": [{**SECTION, "fields": [{"code": "q", "label": "栏", "type": "video"}]}]}, "sections.0.fields.0"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_changes(cast: Cast, parts: dict[str, Any], words: str) -> None:
    draft_id = begun(cast.office)

    with pytest.raises(BadInput, match=words):
        changed(cast.office, draft_id, 1, **parts)

    assert draft(cast.office, draft_id).version == 1


def test_code_and_kind_of_a_draft_stay(cast: Cast) -> None:
    draft_id = begun(cast.office)

    changed(cast.office, draft_id, 1, kind="services", code="other", purpose="用途")

    kept = draft(cast.office, draft_id).definition
    assert (kept["kind"], kept["version"], kept["code"] == "other") == ("industry", 1, False)


def test_a_dropped_draft_takes_no_more_changes(cast: Cast) -> None:
    draft_id = begun(cast.office)
    with acting_as(cast.office):
        drop_draft(cast.office, draft_id, version=1, actor=cast.office.actor("web"), now=NOW)

    with pytest.raises(DraftMoved, match="已经发布或者放弃"):
        changed(cast.office, draft_id, 2, purpose="x")

    with acting_as(cast.office):
        assert drafts_seen(cast.office, CAMPAIGN) == []


def test_a_new_version_is_for_new_rounds_and_old_cards_stay_under_theirs(cast: Cast) -> None:
    office, september = cast.province_office, opened_september(cast)
    sent = send(cast, september)
    first = TemplateRow.objects.get(campaign=CAMPAIGN)

    with acting_as(office):
        draft_id = revise_template(office, first.id, as_new=False, actor=office.actor("web"), now=NOW)
        sections = [definition()["sections"][0], {**SECTION, "code": "situation"}]
    version = changed(office, draft_id, 1, **{**SAID, "sections": sections, **NO_CHECKS})
    second = published(office, draft_id, version)

    with acting_as(office):
        [october] = open_rounds([september_of(cast, period="2018-10", name="2018年10月")], now=NOW)
        seen = form_seen(office, second)
        assert [(one.number, one.id == second) for one in seen.versions] == [(2, True), (1, False)]
        assert "删去“主营业务收入”栏。" in seen.changes
        assert [one.round_id for one in seen.rounds] == [october.round_id]
        assert [one.round_id for one in form_seen(office, first.id).rounds] == [september]
    with acting_as(cast.firm):
        read = card(cast.firm, sent.card_id, today=NOW.date())
    assert read.template.version == 1
    assert [field.code for field, told in read.sections[1].fields if told][:1] == ["revenue"]


def test_only_the_office_that_asks_and_those_above_it_may_revise_or_end(cast: Cast) -> None:
    draft_id = begun(cast.city_office)
    template_id = published(cast.city_office, draft_id, changed(cast.city_office, draft_id, 1, **SAID))

    for viewer in (cast.office, cast.neighbour_office):
        with acting_as(viewer), pytest.raises(NotYours, match="制发"):
            retire_template(viewer, template_id, reason="不用了", actor=viewer.actor("web"), now=NOW)
        with acting_as(viewer):
            copy = revise_template(viewer, template_id, as_new=True, actor=viewer.actor("web"), now=NOW)
            assert draft_seen(viewer, copy).definition["name"] == "走访卡（副本）"
    with acting_as(cast.province_office):
        retire_template(cast.province_office, template_id, reason="并入月报", actor=cast.province_office.actor("web"), now=NOW)
    assert kinds_of(cast.province_office, template_id) == ["card.template_published", "card.template_retired"]


def test_who_designs_nothing_may_do_nothing_of_it(cast: Cast) -> None:
    for viewer in (cast.firm, cast.caring):
        with pytest.raises(NotYours):
            begun(viewer)
    with acting_as(cast.firm), pytest.raises(NotFound):
        forms_page(cast.firm, CAMPAIGN, FormFilters(), NEWEST, None, 10)


def test_a_retired_form_opens_no_round_and_ends_once(cast: Cast) -> None:
    office = cast.province_office
    opened_september(cast)
    [row] = TemplateRow.objects.filter(campaign=CAMPAIGN)
    with acting_as(office):
        with pytest.raises(BadInput, match="原因"):
            retire_template(office, row.id, reason=" ", actor=office.actor("web"), now=NOW)
        retire_template(office, row.id, reason="并入季报", actor=office.actor("web"), now=NOW)

        with pytest.raises(NotFound, match="已经停用"):
            open_rounds([september_of(cast, period="2018-11")], now=NOW)
        with pytest.raises(Refused, match="已经停用"):
            retire_template(office, row.id, reason="再停", actor=office.actor("web"), now=NOW)


def test_a_second_draft_of_one_form_in_an_office_is_refused(cast: Cast) -> None:
    office = cast.province_office
    opened_september(cast)
    [row] = TemplateRow.objects.filter(campaign=CAMPAIGN)

    with acting_as(office):
        revise_template(office, row.id, as_new=False, actor=office.actor("web"), now=NOW)
        with pytest.raises(DraftThere):
            revise_template(office, row.id, as_new=False, actor=office.actor("web"), now=NOW)


def test_an_import_keeps_what_was_not_taken_beside_the_draft(cast: Cast) -> None:
    found = Understood("走访卡", "visit2018", [SECTION], [], [Finding("survey", 7, "不认识类型。")])
    new = NewTemplate(campaign=CAMPAIGN, kind="industry", name="走访卡", period=Period.AD_HOC, categories=OFFERED)
    with acting_as(cast.office):
        draft_id = begin_template(cast.office, new, actor=cast.office.actor("web"), now=NOW, imported=found)

    seen = draft(cast.office, draft_id)
    assert seen.definition["code"] == "visit2018"
    assert seen.notes == [{"sheet": "survey", "row": 7, "sentence": "不认识类型。"}]


def test_a_draft_is_seen_by_its_office_and_offices_above_and_by_nobody_beside(cast: Cast) -> None:
    draft_id = begun(cast.office)

    for viewer in (cast.office, cast.zone_office, cast.city_office, cast.province_office):
        seen = draft(viewer, draft_id)
        assert seen.may_change is (viewer is cast.office)
    with pytest.raises(NotFound):
        draft(cast.neighbour_office, draft_id)
    with without_first_wall():
        for viewer in (cast.neighbour_office, cast.firm, cast.caring):
            with acting_as(viewer):
                assert not TemplateDraft.objects.filter(id=draft_id).exists()
        with acting_as(cast.city_office):
            assert TemplateDraft.objects.filter(id=draft_id).update(version=9) == 0


def test_the_database_keeps_a_published_template_as_it_is(cast: Cast) -> None:
    opened_september(cast)

    with acting_as(cast.province_office), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        TemplateRow.objects.filter(campaign=CAMPAIGN).update(definition={})


def test_the_register_counts_rounds_cards_and_hours_in_the_viewers_region(cast: Cast) -> None:
    opened_september(cast)

    def line(viewer: Viewer) -> Any:
        with acting_as(viewer):
            [found] = forms_page(viewer, CAMPAIGN, FormFilters(standing=TemplateStanding.IN_FORCE), NEWEST, None, 10)
            assert count_of_forms(viewer, CAMPAIGN, FormFilters(), 10) == 1
            return found

    province, park = line(cast.province_office), line(cast.office)
    assert (province.rounds, province.cards, park.cards) == (1, 2, 1)
    assert province.hours_a_year > park.hours_a_year > 0
    with acting_as(cast.city_office):
        assert forms_page(cast.city_office, CAMPAIGN, FormFilters(words="没有"), NEWEST, None, 10) == []
        assert forms_page(cast.city_office, CAMPAIGN, FormFilters(standing=TemplateStanding.RETIRED), NEWEST, None, 10) == []


def test_before_publishing_the_office_sees_what_it_costs_and_what_is_known(cast: Cast) -> None:
    opened_september(cast)
    office = cast.province_office
    draft_id = begun(office)
    asked = [{"code": "r", "label": "主营业务收入", "type": "money"}, {"code": "n", "label": "企业名称", "type": "text", "fact": "name"}]
    changed(office, draft_id, 1, **{**SAID, "sections": [{**SECTION, "fields": asked}]})

    with acting_as(office):
        review = review_of(office, draft_seen(office, draft_id))

    assert (review.burden.fields, review.burden.periods, review.next_version) == (2, 4, 1)
    assert review.burden.reporters > 0
    assert {one.label for one in review.known} == {"主营业务收入", "企业名称"}
    assert [(one.code, str(one.share)) for one in review.alike] == [("industry", "1/2")]
