"""Files in the form of 我要反映问题 (R-E5): stored first, kept whatever else is wrong, attached with the problem."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import acting
from tests.files.samples import amr, pdf, photo
from tests.web.portal.conftest import _april as _april
from tests.web.stories import signed_in
from zhitong.domain.files.models import File
from zhitong.domain.files.rules.kinds import MEBIBYTE, MOST_BYTES, MOST_FILES
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.attached import files_of_problem

pytestmark = pytest.mark.django_db

MATTER = {"category": "energy", "text": "夜间限电。", "nature": "request", "once_key": "key-1"}
HOUR = 3600


def sent(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it; what the browser says of its type is not believed."""
    return SimpleUploadedFile(name, photo() if content is None else content, "application/x-msdownload")


def report(client: Client, *files: SimpleUploadedFile, kept: tuple[object, ...] = (), **changes: object) -> str:
    """Send the form; the page that comes back."""
    answer = client.post("/portal/report/", {**MATTER, "files": files, "files_kept": kept, **changes}, follow=True)
    return answer.content.decode()


def kept_on(page: str) -> list[str]:
    """The files that travel with the form."""
    return re.findall(r'name="files_kept" value="([0-9a-f-]{36})" checked', page)


def attached() -> list[str]:
    """The names of the files beside the only problem."""
    with acting("firm"):
        return [file.name for file in files_of_problem(Problem.objects.get().id)]


def refused_beside_the_field(page: str) -> str:
    """What is said beneath the files."""
    [field] = re.findall(r'<div class="zt-files">.*?(?=<div class="zt-field">)', page, re.DOTALL)
    return "".join(re.findall(r"</svg>(“[^<]*|最多[^<]*)</div>", field))


def test_a_photo_and_a_recording_go_with_the_problem() -> None:
    page = report(signed_in("firm"), sent("现场.jpg"), sent("说明.amr", amr()))

    assert attached() == ["现场.jpg", "说明.amr"]
    assert page.index("现场.jpg") < page.index("说明.amr")
    assert "AMR录音 · 1KB · 2秒" in page


def test_what_was_uploaded_is_kept_when_the_form_is_refused_for_another_reason() -> None:
    client = signed_in("firm")

    refused = report(client, sent("现场.jpg"), text="")
    assert "请填写这一项。" in refused
    kept = kept_on(refused)
    assert len(kept) == 1
    assert f'src="/files/{kept[0]}/small/"' in refused

    report(client, kept=tuple(kept))
    assert attached() == ["现场.jpg"]


def test_a_file_whose_tick_is_taken_away_is_left_out() -> None:
    client = signed_in("firm")
    one, two = kept_on(report(client, sent("一.jpg"), sent("二.jpg", photo("PNG")), text=""))

    report(client, kept=(two,))

    assert one != two
    assert attached() == ["二.png"]


def test_each_unfit_file_is_named_beside_the_field_and_the_others_are_kept() -> None:
    page = report(signed_in("firm"), sent("好.jpg"), sent("空.pdf", b" "), sent("一小时.amr", amr(HOUR)))

    said = refused_beside_the_field(page)
    assert "“空.pdf”的名称以.pdf结尾，内容却是文本" in said
    assert "“一小时.amr”的录音长于10分钟" in said
    assert len(kept_on(page)) == 1
    with acting("firm"):
        assert not Problem.objects.exists()


def test_a_file_of_21_megabytes_is_refused_by_name_and_not_kept_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    from django.core.files.uploadhandler import TemporaryFileUploadHandler

    keep = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        TemporaryFileUploadHandler, "receive_data_chunk",
        lambda self, raw, start: (written.append(len(raw)), keep(self, raw, start))[1],
    )

    page = report(signed_in("firm"), sent("大.pdf", pdf() + bytes(21 * MEBIBYTE)), sent("现场.jpg"))

    assert "“大.pdf”有21.0MB，超过20MB。请压缩" in refused_beside_the_field(page)
    assert sum(written) <= MOST_BYTES + MEBIBYTE
    assert len(kept_on(page)) == 1


def test_more_than_nine_are_named_and_not_uploaded() -> None:
    page = report(signed_in("firm"), *(sent(f"{place}.jpg") for place in range(MOST_FILES + 2)))

    assert "最多附9个文件，没有上传的有：“9.jpg”、“10.jpg”。" in page
    assert len(kept_on(page)) == MOST_FILES
    assert 'type="file"' not in page


def test_files_can_be_uploaded_a_few_at_a_time_before_anything_is_judged() -> None:
    client = signed_in("firm")

    first = report(client, sent("一.jpg"), text="", files_add="1")
    assert "请填写这一项。" not in first
    second = report(client, sent("二.jpg"), text="", files_add="1", kept=tuple(kept_on(first)))

    assert len(kept_on(second)) == 2
    report(client, kept=tuple(kept_on(second)))
    assert attached() == ["一.jpg", "二.jpg"]


def test_a_form_sent_twice_raises_one_problem_with_its_files_once() -> None:
    client = signed_in("firm")
    [kept] = kept_on(report(client, sent("一.jpg"), files_add="1"))

    report(client, kept=(kept,))
    second = report(client, kept=(kept,))

    assert "刚才已经提交，没有重复提交" in second
    assert attached() == ["一.jpg"]


@pytest.mark.parametrize("whose", ["nobody", "another"])
def test_a_file_that_is_not_ones_own_is_refused_and_nothing_happens(whose: str) -> None:
    stolen: UUID | str = uuid4()
    if whose == "another":
        [stolen] = kept_on(report(signed_in("other_firm"), sent("一.jpg"), files_add="1"))

    page = report(signed_in("firm"), kept=(stolen,))

    assert "有一个附件没有找到" in page
    assert kept_on(page) == []
    with acting("firm"):
        assert not Problem.objects.exists()


def test_an_id_that_is_none_is_passed_over() -> None:
    report(signed_in("firm"), kept=("../../etc/passwd",))

    assert attached() == []


def test_a_file_leaves_the_house_to_be_saved_and_may_run_nothing() -> None:
    client = signed_in("firm")
    report(client, sent("合同 “甲”.pdf", pdf()), sent("现场.jpg"))
    paper, picture = ids_of("合同 “甲”.pdf", "现场.jpg")

    saved, shown = client.get(f"/files/{paper}/"), client.get(f"/files/{picture}/")

    assert saved.content == pdf()
    assert saved["Content-Type"] == "application/pdf"
    assert saved["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%90%88")
    assert shown["Content-Disposition"].startswith("inline;")
    assert shown["Content-Type"] == client.get(f"/files/{picture}/small/")["Content-Type"] == "image/jpeg"
    for answer in (saved, shown):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("login", "status"), [
    ("firm", 200), ("park", 200), ("city_office", 200), ("province", 200),
    ("other_firm", 404), ("neighbour", 404), ("outsider", 404),
])  # fmt: skip
def test_an_attached_file_opens_for_whoever_sees_the_problem(login: str, status: int) -> None:
    report(signed_in("firm"), sent("现场.jpg"))
    [file] = ids_of("现场.jpg")

    assert signed_in(login).get(f"/files/{file}/").status_code == status
    assert signed_in(login).get(f"/files/{file}/small/").status_code == status


@pytest.mark.parametrize(("login", "status"), [("firm", 200), ("park", 404), ("province_office", 404), ("outsider", 404)])
def test_a_waiting_file_opens_for_its_unit_alone(login: str, status: int) -> None:
    [file] = kept_on(report(signed_in("firm"), sent("现场.jpg"), files_add="1"))

    assert signed_in(login).get(f"/files/{file}/").status_code == status


def test_the_files_of_a_confidential_problem_stay_with_those_who_may_see_it() -> None:
    report(signed_in("firm"), sent("现场.jpg"), confidential="on")
    [file] = ids_of("现场.jpg")

    assert signed_in("province_office").get(f"/files/{file}/").status_code == 200
    assert signed_in("province").get(f"/files/{file}/").status_code == 404


def ids_of(*names: str) -> list[UUID]:
    """The ids of the firm's files by their names."""
    with acting("firm"):
        found = dict(File.objects.values_list("name", "id"))
    return [found[name] for name in names]
