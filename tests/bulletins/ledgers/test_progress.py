"""平台和民心工程进展表: plan, done, share, light and photo of each, as it stood (R-H7, R-G1)."""

from __future__ import annotations

import pytest

from tests.bulletins.ledgers.reading import file_of, set_up_of, told_by
from tests.files.samples import photo, upload
from tests.progress.reported import as_office, day, target_in, told
from zhitong.domain.bulletins.queries.ledgers.progress import HEADS
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.files.actions import attach, store
from zhitong.domain.plans.models import Indicator, Target
from zhitong.domain.progress.models import Correction, Figure
from zhitong.domain.progress.queries.attached import FILES_OF
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

TITLES = tuple(head.title for head in HEADS)
AUGUST, AFTER = day(9, 5), day(10, 20)


def platform() -> Indicator:
    """“双创”示范基地, a count."""
    return Indicator.objects.get(plan__campaign="hebei-2018", code="P033")


def line_of(content: bytes, region: str) -> dict[str, str]:
    name = platform().name
    [row] = [one for one in told_by(content, TITLES) if one["地区"] == region and name in one["指标"]]
    return row


@pytest.fixture
def figure() -> Figure:
    """The city told of 12 of its 30 by the end of August."""
    with as_office():
        return told(target_in("1309", 30, indicator=platform()), "2018-08", 12)


def test_a_platform_stands_with_plan_done_share_and_light(figure: Figure) -> None:
    row = line_of(file_of(PaperKind.PROGRESS, "city_office", AUGUST), "沧州市")

    assert (row["目标"], row["完成"], row["完成目标的"], row["统计到"], row["现场照片"]) == ("30家", "12家", "40%", "2018年8月", "否")
    assert row["亮灯"] in ("滞后", "偏慢", "正常")
    assert row["牵头单位"]


def test_later_reports_and_corrections_change_no_earlier_paper(figure: Figure) -> None:
    before = file_of(PaperKind.PROGRESS, "city_office", AUGUST)
    with as_office():
        told(Target.objects.get(indicator=platform(), region__code="1309"), "2018-09", 25)
        Correction.objects.create(
            figure=figure, before=12, after=14, reason="漏报", by_unit_id=figure.report.unit_id, asked_at=day(10, 2),
            decided_at=day(10, 3), is_allowed=True,
        )
        Figure.objects.filter(id=figure.id).update(value=14)

    assert file_of(PaperKind.PROGRESS, "city_office", AUGUST) == before
    assert line_of(file_of(PaperKind.PROGRESS, "city_office", AFTER), "沧州市")["完成"] == "25家"


def test_a_photo_beside_the_report_counts_from_when_it_was_put_there(figure: Figure) -> None:
    with as_office() as here:
        actor = here.actor("test")
        [kept] = store([upload("现场.jpg", photo())], actor=actor, now=day(9, 10))
        attach([kept.id], FILES_OF, figure.report_id, actor=actor, now=day(9, 10))

    said = [line_of(file_of(PaperKind.PROGRESS, "city_office", at), "沧州市")["现场照片"] for at in (AUGUST, AFTER)]

    assert said == ["否", "是"]


def test_what_was_not_told_yet_is_said_to_be_missing_and_never_nought(figure: Figure) -> None:
    row = line_of(file_of(PaperKind.PROGRESS, "city_office", day(8, 1)), "沧州市")

    assert (row["完成"], row["完成目标的"], row["亮灯"]) == ("", "", "未报")


@pytest.mark.parametrize(("login", "about"), [("firm", ""), ("outsider", "1309"), ("park_office", "1309")])
def test_a_territory_of_others_is_not_there(figure: Figure, login: str, about: str) -> None:
    with pytest.raises(NotFound):
        file_of(PaperKind.PROGRESS, login, AUGUST, about)


def test_it_prints_across_with_its_head_on_every_page(figure: Figure) -> None:
    said = set_up_of(file_of(PaperKind.PROGRESS, "city_office", AUGUST))

    assert 'orientation="landscape"' in said
    assert "平台培育!$3:$3" in said
    assert "民心工程!$3:$3" in said
