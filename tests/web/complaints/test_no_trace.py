"""A scan of the house: whatever page or list an office opens, of a complaint there is no number, no word, no name (R-F13)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404

from tests.api.conftest import Caller
from tests.cast import acting, viewer
from tests.complaints.acts import LETTER, PERSON, RECEIVER, TEXT, does, who
from tests.complaints.conftest import Bring
from tests.problems.ways import Raise, unit_id, waiting
from tests.telling import words_in
from tests.web.complaints.conftest import AtScreen
from tests.world import NOW
from zhitong.api.v1 import api
from zhitong.domain.complaints.actions.handling import acknowledge, ask, refer
from zhitong.domain.complaints.actions.sealing import Seal, seal
from zhitong.domain.complaints.queries.lists import complaints_for
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.scope import acting_as

pytestmark = pytest.mark.django_db

ONE, SOME = 1, 4
"""Pages of each kind that are opened: on ordinary days, and when all is proved."""
LOOKING = [path for path, methods in api.get_openapi_schema(path_prefix="/")["paths"].items() if "get" in methods]
NEEDED = {
    "/categories": {"kind": "industry"}, "/calendar": {"since": "2018-04-27", "until": "2018-04-27"},
    "/problems": {"lens": "territory"},
}
OFFICES = ("province_office", "park_office", "park", "zone_office")


@pytest.fixture
def secrets(bring: Bring, raised: Raise) -> list[str]:
    """A complaint in the middle of its way, another one taken out of the pool; what of them must be nowhere."""
    number = bring(person=PERSON)
    does(RECEIVER, acknowledge, number)
    does(RECEIVER, ask, number, question="请说明是哪天被退件的。")
    does(RECEIVER, refer, number, letter=LETTER)
    raised(category="energy")
    sealed = waiting(raised, text="科长李某暗示送礼才予受理。")
    with acting("park_office") as actor:
        seal(Seal(problem_id=sealed.problem_id, unit_id=unit_id("130973400-economy"), person="演示科长李某", actor=actor,
                  now=sealed.now))
    with acting_as(who(RECEIVER)) as here:
        numbers = [row.number for row in complaints_for(here, now=sealed.now).rows]
    assert len(numbers) == 2
    return [*numbers, TEXT, PERSON, "请说明是哪天被退件的", LETTER.number, LETTER.body, "暗示送礼", "演示科长李某"]


@pytest.mark.parametrize(
    ("login", "of_a_kind"),
    [(OFFICES[0], ONE), *(pytest.param(one, SOME, marks=pytest.mark.prove) for one in OFFICES)],
)
def test_no_page_that_an_office_can_open_has_a_trace(
    at_screen: AtScreen, secrets: list[str], login: str, of_a_kind: int
) -> None:
    kinds: Counter[str] = Counter()
    for address, told in pages_of(at_screen(login), of_a_kind=of_a_kind):
        kinds[kind_of(address)] += 1
        assert [secret for secret in secrets if secret in told] == [], address

    expected = {"home:desk", "problems:list", "problems:ledger", "problems:page", "territory:territory", "plan:plan"}
    assert expected <= set(kinds)
    assert sum(kinds.values()) > 30


@pytest.mark.parametrize("login", [OFFICES[0], *(pytest.param(one, marks=pytest.mark.prove) for one in OFFICES[1:])])
def test_no_list_of_the_api_has_a_trace(secrets: list[str], login: str) -> None:
    who = viewer(login)
    office = Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))
    numbers = [row["number"] for row in office.get("/problems", lens=NEEDED["/problems"]["lens"]).body.get("rows", [])]
    told = [str(office.get(path, **NEEDED.get(path, {})).body) for path in LOOKING if "{" not in path]
    told += [str(office.get(f"/problems/{number}").body) for number in numbers]

    assert len(told) > 10
    assert [secret for secret in secrets if secret in " ".join(told)] == []


def test_the_receiver_finds_all_of_it_at_its_own_place(at_screen: AtScreen, secrets: list[str]) -> None:
    """The scan can see what there is to see."""
    told = " ".join(told for _address, told in pages_of(at_screen(RECEIVER), start="/complaints/", of_a_kind=2))

    assert [secret for secret in secrets if secret not in told] == []


def pages_of(browser: Client, start: str = "/", of_a_kind: int = SOME) -> Iterator[tuple[str, str]]:
    """Every page that links lead to, a few of each kind, searches and workbooks included: (address, what it tells)."""
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    waiting = [start, "/problems/?lens=territory", "/problems/?q=退件", "/problems/?lens=territory&q=送礼",
               "/problems/?lens=territory&export=xlsx", "/problems/ledger/?export=xlsx", "/territory/?q=督查"]
    while waiting:
        address = waiting.pop(0)
        if address in seen or kinds[kind_of(address)] >= of_a_kind * (1 + address.count("?") * 2):
            continue
        seen.add(address)
        answer = browser.get(address)
        if answer.status_code != 200:
            continue
        kinds[kind_of(address)] += 1
        told = told_by(answer)
        yield address, told
        waiting += [
            unescape(link) if link.startswith("/") else address.split("?")[0] + unescape(link)
            for link in re.findall(r'href="((?:/|\?)[^"#]*)"', told) if not link.startswith(("/static", "/api"))
        ]


def told_by(answer: object) -> str:
    """All that an answer tells, a page or a file."""
    return words_in(answer.getvalue())  # type: ignore[attr-defined]


def kind_of(address: str) -> str:
    """The name of the page behind an address."""
    try:
        return resolve(address.split("?")[0]).view_name
    except Resolver404:
        return "nowhere"
