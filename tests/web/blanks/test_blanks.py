"""套表 at the screen: sent, looked at, corrected, filled and downloaded in a few clicks; nothing for others (R-H8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.blanks.forms import book_of, bytes_of, ledger, opened
from tests.cast import Story
from tests.web.stories import signed_in
from tests.world import NOW

pytestmark = pytest.mark.django_db

Raised = Callable[..., Story]


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(client: Client, content: bytes, name: str = "重点企业问题统计表.xlsx") -> Any:
    return client.post("/blanks/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def typed(page: Any) -> dict[str, str]:
    """What the page's form holds as it was shown."""
    text = page.content.decode()
    chosen = {
        name: (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
        for name, options in re.findall(r'<select class="form-select" name="(\w+)"[^>]*>(.*?)</select>', text)
    }
    return chosen | dict(re.findall(r'<input type="hidden" name="(was_\d+|once_key)" value="([^"]*)">', text)[:2])


def does(client: Client, page: Any, do: str, **said: Any) -> Any:
    return client.post(page.request["PATH_INFO"], {**typed(page), "do": do, **said}, follow=True)


def file_of(client: Client, page: Any) -> Any:
    address = re.search(r"url=(/blanks/fillings/[\w-]+\.xlsx)", page.content.decode())
    assert address, words_of(page)
    return opened(client.get(address[1]).content)


def test_a_form_is_sent_and_filled_in_two_steps(raised: Raised) -> None:
    raised(now=NOW - timedelta(hours=1))
    client = signed_in("park_office")

    page = sent(client, bytes_of(ledger()))
    made = does(client, page, "fill")
    sheet = file_of(client, made)["附表1"]

    assert "演示南大港石化设备有限公司" in words_of(page)
    assert "系统没有、会留空并标黄的：问题办理情况 办理 投入工时" in words_of(page)
    assert "已填好 1 行，正在下载。" in words_of(made)
    assert (sheet["B6"].value, sheet["A7"].value) == ("演示南大港石化设备有限公司", None)
    assert "各列是系统猜的" in words_of(page)
    assert "各列是系统猜的" not in words_of(client.get(page.request["PATH_INFO"]))
    assert "重点企业问题统计表" in words_of(client.get("/blanks/"))


def test_a_form_known_by_its_heads_is_filled_as_before(raised: Raised) -> None:
    client = signed_in("park_office")
    first = sent(client, bytes_of(ledger()))
    does(client, first, "point", column_0_9="state", gap_0="")
    other = ledger()
    other["附表1"]["A1"] = "九月份的表"

    page = sent(client, bytes_of(other), "九月.xlsx")

    assert page.request["PATH_INFO"] == first.request["PATH_INFO"]
    assert "认出来了" in words_of(page)
    assert typed(page)["column_0_9"] == "state"
    assert "第 2 版" in words_of(page)


def test_what_a_row_is_can_be_changed_and_is_looked_at_before_it_is_kept() -> None:
    client = signed_in("park_office")
    page = sent(client, bytes_of(book_of({"A1": "企业名称", "B1": "地区", "C1": "税金"}, edged="A1:C3")))

    looked = does(client, page, "look", grain_0="region")
    kept = client.get(page.request["PATH_INFO"])

    assert (typed(page)["grain_0"], typed(looked)["grain_0"], typed(kept)["grain_0"]) == ("subject", "region", "subject")
    assert typed(looked)["column_0_2"] == "region"


def test_what_is_no_form_is_said_beside_the_field() -> None:
    answer = sent(signed_in("park_office"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "表.xls")

    assert answer.status_code == 422
    assert "请用Excel或WPS打开，另存为.xlsx再传" in words_of(answer)


def test_a_cut_off_to_come_is_refused_beside_the_field_and_what_was_chosen_stays() -> None:
    client = signed_in("park_office")
    page = sent(client, bytes_of(ledger()))

    answer = does(client, page, "fill", at="2018-05-01T00:00:00", column_0_9="state")

    assert answer.status_code == 422
    assert "统计截止时间不能晚于现在" in words_of(answer)
    assert typed(answer)["column_0_9"] == "state"
    assert "还没有填过" in words_of(answer)


def test_what_was_written_comes_back_and_another_form_is_refused(raised: Raised) -> None:
    raised(now=NOW - timedelta(hours=1))
    client = signed_in("park_office")
    page = sent(client, bytes_of(ledger()))
    book = file_of(client, does(client, page, "fill"))
    book["附表1"]["G6"] = "三天"

    taught = client.post(page.request["PATH_INFO"], {"do": "hand", "file": SimpleUploadedFile("补.xlsx", bytes_of(book))}, follow=True)
    wrong = client.post(page.request["PATH_INFO"], {"do": "hand", "file": SimpleUploadedFile("补.xlsx", b"PK")})

    assert "记住了1处手填的内容" in words_of(taught)
    assert "三天" in words_of(taught)
    assert wrong.status_code == 422


def test_a_form_that_is_asked_for_no_more_is_dropped() -> None:
    client = signed_in("park_office")
    page = sent(client, bytes_of(ledger()))

    gone = does(client, page, "drop")

    assert "已停用“重点企业问题统计表”" in words_of(gone)
    assert "还没有套表" in words_of(gone)
    assert "填好下载" not in words_of(client.get(page.request["PATH_INFO"]))


def test_others_find_nothing() -> None:
    client = signed_in("park_office")
    page = sent(client, bytes_of(ledger()))
    made = does(client, page, "fill")
    file = re.search(r"url=(/blanks/fillings/[\w-]+\.xlsx)", made.content.decode())

    for login in ("outsider", "zone_office", "firm"):
        other = signed_in(login)
        assert other.get(page.request["PATH_INFO"]).status_code == 404
        assert other.post(page.request["PATH_INFO"], {"do": "fill"}).status_code == 404
        assert file
        assert other.get(file[1]).status_code == 404
    assert signed_in("firm").get("/blanks/").status_code == 404
    assert "重点企业问题统计表" not in words_of(signed_in("outsider").get("/blanks/"))
    assert "重点企业问题统计表" in words_of(signed_in("park").get("/blanks/"))


def test_the_list_does_not_grow_in_queries() -> None:
    client = signed_in("park_office")
    spent = []
    for number in range(2):
        for _one in range(1 + number):
            sent(client, bytes_of(book_of({"A1": "企业名称", "B1": f"列{number}{_one}", "C1": "地区"}, edged="A1:C2")))
        with CaptureQueriesContext(connection) as asked:
            client.get("/blanks/")
        spent.append(len(asked))

    assert spent[0] == spent[1]
