"""A second form of the same month in one park, asked of the same firms: their cards merge into one; some sent it with photos.

And a roster that came in as a table and can still be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.actions import Opened, RoundToOpen, Submission, open_rounds, submit_cards
from zhitong.domain.cards.actions.designing import publish_draft
from zhitong.domain.cards.models import TemplateRow
from zhitong.domain.cards.rules.kinds import Period
from zhitong.domain.exchange.actions.committing import commit
from zhitong.domain.exchange.actions.staging import Sent, stage
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.forms import drawn_up, viewer_of
from zhitong.rehearsal.pictures import stored_photo
from zhitong.rehearsal.stage import require_stage
from zhitong.rehearsal.story.actors import Cast

PARK_OFFICE, ADMINISTRATOR = "nandagangban", "renqiuguan"
ASKED_AT = datetime(2018, 9, 5, 9, 30, tzinfo=SHANGHAI)
SENT_AT = datetime(2018, 9, 12, 15, 0, tzinfo=SHANGHAI)
SENDING = slice(2, 6)
"""Those who have sent it, by their place in the registry: the first two have accounts and have yet to."""
SAFETY: dict[str, Any] = {
    "purpose": "掌握园区企业用电负荷和安全生产现场情况，用于安排有序用电。（演示内容）",
    "basis": "园区管委会有序用电工作安排（演示内容）",
    "sections": [{"code": "safety", "title": "用电和安全", "prefill": "never", "fields": [
        {"code": "peak_load", "label": "本月最大用电负荷", "type": "number", "unit": "千瓦", "least": "0", "required": True},
        {"code": "site", "label": "安全生产现场照片", "type": "photo", "most": "3", "place": True},
    ]}],
}
ROSTER = (
    "单位,姓名,职务,手机\n"
    "任丘市科技和工业信息化局,演示卯,局长,13800001801\n"
    "任丘市科技和工业信息化局,演示辰,科员,13800001802\n"
    "任丘市发展改革局,演示巳,联络员,13800001803\n"
)


def ask_beside() -> None:
    """Ask the park's industry for a second form of August and let some send it; let a county's roster come in.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    _send(_asked())
    _take_roster()


def _asked() -> Opened:
    office = viewer_of(PARK_OFFICE)
    with acting_as(office):
        actor = office.actor("rehearsal")
        draft_id, version = drawn_up(office, SubjectKind.INDUSTRY, "用电和安全情况表（演示）", Period.MONTH, SAFETY, ASKED_AT)
        template_id = publish_draft(office, draft_id, version=version, actor=actor, now=ASKED_AT)
        form = TemplateRow.objects.get(id=template_id)
        [opened] = open_rounds([RoundToOpen(
            campaign=form.campaign, template_code=form.code, region_id=office.region_id, name="2018年8月用电安全",
            period="2018-08", opens_on=ASKED_AT.date(), due_on=date(2018, 9, 20), locked_on=date(2018, 9, 30), actor=actor,
        )], now=ASKED_AT)
    return opened


def _send(opened: Opened) -> None:
    cast = Cast()
    firms = _firms()
    sent = []
    for place, (subject_id, unit_id) in enumerate(firms):
        actor = cast.actor(unit_id)
        photo = str(stored_photo("配电室（演示）.jpg", 100 + place, actor=actor, now=SENT_AT))
        sent.append(Submission(
            round_id=opened.round_id, subject_id=subject_id, version=0, actor=actor, confirmed=True,
            values={"peak_load": 420 + 35 * place, "site": [photo]},
        ))
    submit_cards(sent, now=SENT_AT)


def _firms() -> Sequence[tuple[UUID, UUID]]:
    owed = Subject.objects.filter(
        region_id=viewer_of(PARK_OFFICE).region_id, kind=SubjectKind.INDUSTRY.value, unit__isnull=False
    ).order_by("id")
    return list(owed.values_list("id", "unit_id"))[SENDING]


def _take_roster() -> None:
    campaign = campaign_in_force()
    assert campaign is not None, "a campaign is loaded before tables come in"
    administrator = viewer_of(ADMINISTRATOR)
    with acting_as(administrator):
        sent = Sent(kind=UploadKind.PEOPLE, name="任丘市花名册（演示）.csv", content=ROSTER.encode(), campaign=campaign.code)
        upload_id = stage(administrator, sent, now=SENT_AT)
        commit(administrator, upload_id, actor=administrator.actor("rehearsal"), now=SENT_AT)
