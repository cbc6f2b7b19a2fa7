"""Photos and papers of a card: taken by what they are, kept with the draft, shown with the figures and to nobody else (R-E5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import acting
from tests.files.samples import m4a, pdf, photo, wav
from tests.web.portal.conftest import problem, sent, text_of
from zhitong.domain.cards.actions import RoundToOpen, TemplateToPublish, open_rounds, publish_templates
from zhitong.domain.cards.models import CardFigures, CardFile, TemplateRow
from zhitong.domain.files.models import File
from zhitong.domain.organisations.models import Region
from zhitong.domain.problems.models import Problem
from zhitong.domain.subjects.models import Subject
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]
EXE = b"MZ\x90\x00" + bytes(200)


@pytest.fixture
def october(db: None) -> UUID:
    """A round that asks for photos of the site and for a paper."""
    return opened_round()


def opened_round(**of_the_photo: object) -> UUID:
    """Open the round, its photo field with these options more."""
    shipped = TemplateRow.objects.get(subject_kind="industry", code="industry").definition
    definition = {
        "code": "site", "version": 1, "kind": "industry", "name": "现场情况表", "period": "month",
        "sections": [{"code": "site", "title": "现场", "prefill": "never", "fields": [
            {"code": "begun_on", "label": "开工日期", "type": "date"},
            {"code": "site", "label": "现场照片", "type": "photo", "required": True, "most": 2, **of_the_photo},
            {"code": "permit", "label": "许可文件", "type": "file"},
            {"code": "needs", "label": "所需支持", "type": "multi_choice", "options": [
                {"code": "land", "label": "用地"}, {"code": "staff", "label": "用工"}, {"code": "funds", "label": "资金"},
            ]},
        ]}],
        "problems": shipped["problems"],
    }
    with acting("province_office") as actor:
        publish_templates([TemplateToPublish(campaign="hebei-2018", definition=definition, actor=actor)], now=clock.now())
        [opened] = open_rounds([RoundToOpen(
            campaign="hebei-2018", template_code="site", region_id=Region.objects.get(code="13").id, period="2018-04",
            name="2018年4月现场", opens_on=date(2018, 4, 20), due_on=date(2018, 4, 28), locked_on=date(2018, 5, 10), actor=actor,
        )], now=clock.now())
    return opened.round_id


def typed(version: int = 0, act: str = "send", **more: object) -> dict[str, object]:
    return {"act": act, "version": str(version), "rows": "0", "once_key": f"key-{version}", "begun_on": "2018-04-02", **more}


def jpg(name: str = "现场.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or photo(), "image/jpeg")


def kept(drafted: bool = False) -> dict[str, str]:
    """The files of the card by id, with their places."""
    with acting("firm"):
        rows = CardFile.objects.filter(dropped_at=None, sent_at__isnull=drafted)
        return {str(file_id): place for file_id, place in rows.values_list("file_id", "place")}


def test_a_card_is_sent_with_its_photos_and_who_sees_the_figures_sees_them(at_screen: AtScreen, october: UUID) -> None:
    form = typed(**{"upload.site": jpg(), "upload.permit": SimpleUploadedFile("许可.pdf", pdf()), "needs": ["funds", "land"]})

    answer = at_screen("firm").post(f"/portal/card/{october}/", form, follow=True)

    assert "已报送" in text_of(answer)
    places = kept()
    assert sorted(places.values()) == ["permit", "site"]
    with acting("firm"):
        values = CardFigures.objects.get().values
    assert (values["begun_on"], values["needs"], len(values["site"])) == ("2018-04-02", ["land", "funds"], 1)
    [shown] = values["site"]
    seen = {login: at_screen(login).get(f"/files/{shown}/").status_code for login in (
        "firm", "park_office", "city_office", "other_firm", "outsider", "neighbour",
    )}
    assert seen == {
        "firm": 200, "park_office": 200, "city_office": 404, "other_firm": 404, "outsider": 404, "neighbour": 404,
    }


@pytest.mark.parametrize(("field", "file", "sentence"), [
    ("site", ("发票.jpg", EXE), "发票.jpg"),
    ("site", ("许可.pdf", pdf()), "这里只收照片"),
    ("permit", ("大照片.jpg", photo() + bytes(40 * 1024 * 1024)), "超过20MB"),
    ("permit", ("一小时.wav", wav(3600)), "录音"),
])  # fmt: skip
def test_what_is_not_taken_is_refused_with_the_reason_and_nothing_is_sent(
    at_screen: AtScreen, october: UUID, field: str, file: tuple[str, bytes], sentence: str
) -> None:
    form = typed(**{"upload.site": jpg(), f"upload.{field}": SimpleUploadedFile(*file)})

    answer = at_screen("firm").post(f"/portal/card/{october}/", form)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert kept() == {}


def test_a_draft_keeps_its_files_for_its_own_unit_alone(at_screen: AtScreen, october: UUID) -> None:
    firm = at_screen("firm")

    firm.post(f"/portal/card/{october}/", typed(act="save", **{"upload.site": jpg()}))
    [file_id] = kept(drafted=True)
    page = firm.get(f"/portal/card/{october}/").content.decode()
    with acting("firm"):
        assert File.objects.get().attached_at  # what waits is dropped after a day, what is attached is not

    assert f'value="{file_id}" checked' in page
    assert firm.get(f"/files/{file_id}/").status_code == 200
    assert at_screen("park_office").get(f"/files/{file_id}/").status_code == 404
    assert firm.post(f"/portal/card/{october}/", typed(version=1, site=["", file_id])).status_code == 302
    assert at_screen("park_office").get(f"/files/{file_id}/").status_code == 200


def test_a_file_left_out_is_not_sent(at_screen: AtScreen, october: UUID) -> None:
    firm = at_screen("firm")
    firm.post(f"/portal/card/{october}/", typed(act="save", **{"upload.site": [jpg(), jpg("二.jpg", photo(size=(50, 50)))]}))
    first, second = kept(drafted=True)

    firm.post(f"/portal/card/{october}/", typed(version=1, site=["", second]))

    assert kept() == {second: "site"}
    assert kept(drafted=True) == {}
    assert at_screen("park_office").get(f"/files/{first}/").status_code == 404


def test_what_was_uploaded_stays_while_something_else_is_wrong(at_screen: AtScreen, october: UUID) -> None:
    answer = at_screen("firm").post(f"/portal/card/{october}/", typed(begun_on="不知道", **{"upload.site": jpg()}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "现场.jpg" in page
    assert 'name="site" value="0' in page


def test_voice_beside_a_problem_goes_with_the_problem_also_from_a_draft(at_screen: AtScreen, october: UUID) -> None:
    firm, place = at_screen("firm"), f"/portal/card/{october}/"
    matter = problem(reporter_name="演示会计", reporter_phone="13800000002")
    voice = SimpleUploadedFile("情况.m4a", m4a())
    firm.post(place, typed(act="save", **matter, **{"rows": "1", "upload.problems.0.files": voice, "upload.site": jpg()}))
    by_place = {where: file_id for file_id, where in kept(drafted=True).items()}

    answer = firm.post(place, typed(version=1, **matter, **{
        "rows": "1", "problems.0.files": ["", by_place["problems.0"]], "site": ["", by_place["site"]],
    }))

    assert answer.status_code == 302
    with acting("firm"):
        number = Problem.objects.get().number
    assert "情况.m4a" in text_of(firm.get(f"/problems/{number}/"))
    assert list(kept().values()) == ["site"]


def test_somebody_elses_file_cannot_be_named(at_screen: AtScreen, october: UUID) -> None:
    at_screen("other_firm").post(f"/portal/card/{october}/", typed(act="save", **{"upload.site": jpg()}))
    with acting("other_firm"):
        [file_id] = CardFile.objects.values_list("file_id", flat=True)

    answer = at_screen("firm").post(f"/portal/card/{october}/", typed(site=str(file_id)))

    assert answer.status_code == 409
    assert kept() == {}


def test_an_ordinary_card_is_untouched_by_all_this(at_screen: AtScreen, april: UUID) -> None:
    assert at_screen("firm").post(f"/portal/card/{april}/", sent()).status_code == 302
    assert kept() == {}


@pytest.mark.parametrize(("wanted", "said"), [(True, "北纬38.3019°，东经116.8350°"), (False, "")])
def test_where_a_photo_was_taken_is_kept_beside_it_only_where_the_form_asks(
    at_screen: AtScreen, db: None, wanted: bool, said: str
) -> None:
    round_id = opened_round(**({"place": True} if wanted else {}))

    at_screen("firm").post(f"/portal/card/{round_id}/", typed(**{"upload.site": jpg()}))

    [file_id] = kept()
    with acting("firm"):
        card_id = CardFile.objects.values_list("card_id", flat=True).get()
    page = text_of(at_screen("park_office").get(f"/cards/{card_id}/"))
    image = b"".join(at_screen("park_office").get(f"/files/{file_id}/"))
    assert ("拍摄地点" in page, said in page) == (wanted, True)
    assert not Image.open(BytesIO(image)).getexif().get_ifd(0x8825)


def test_who_fills_in_for_the_firm_attaches_photos_too(at_screen: AtScreen, october: UUID, cared_for: None) -> None:
    with acting("province_office"):
        subject_id = Subject.objects.get(name__contains="南大港石化").id
    place, park = f"/portal/card/{october}/for/{subject_id}/", at_screen("park")
    form = {**typed(), "source": "现场走访"}

    refused = park.post(place, {**form, "upload.site": jpg("发票.jpg", EXE)})
    looked = park.post(place, {**form, "act": "look", "upload.site": jpg()})
    waiting = re.findall(r'name="site" value="([0-9a-f-]{36})"', looked.content.decode())
    park.post(place, {**form, "once_key": "again", "site": waiting})

    assert "有文件没有收下" in text_of(refused)
    assert sorted(kept().values()) == ["site"]
    seen = {login: at_screen(login).get(f"/files/{waiting[0]}/").status_code for login in ("park", "firm", "park_office", "outsider")}
    assert seen == {"park": 200, "firm": 200, "park_office": 200, "outsider": 404}
    again = park.post(place, {**form, "version": "1", "once_key": "more", "upload.site": jpg("补拍.jpg", photo(size=(50, 50)))})
    assert again.status_code == 302
    assert len(kept()) == 1
    assert waiting[0] not in kept()
