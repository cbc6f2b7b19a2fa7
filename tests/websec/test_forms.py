"""Every form of every page, sent with everything hostile: no accident, nothing gets out onto a page, what was typed stays.

Every day a few; `make prove` sends each seat's forms a sample drawn by its name, about a sixth of all there are at a seat
with many pages, where neighbours have much the same forms. The number of cases is printed.
"""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings

from tests.accounts.conftest import seated
from tests.api.conftest import april as april
from tests.api.conftest import calls as calls
from tests.api.conftest import fill as fill
from tests.api.conftest import matter
from tests.api.conftest import reported as reported
from tests.web.stories import signed_in
from tests.websec.hostile import PICTURE, RUNS, SHAPES, VALUES
from tests.websec.walking import Form, Walked, read_out, walk
from tests.world import NOW
from zhitong.kit.clock import held_at

SEED = 20180917
URLENCODED = "application/x-www-form-urlencoded"
WHO = ("firm", "park", "park_office", "zone_office", "city_office", "province_office", "outsider", "administrator", "")
LONGEST_QUERY = 4000
MOST_CASES = 2500
Sent = list[tuple[str, str | bytes]]


@dataclass(frozen=True, slots=True)
class Case:
    """One sending: to which form, what is hostile in it, and the fields."""

    form: Form
    name: str
    sent: Sent


@pytest.fixture(autouse=True)
def _april() -> Iterator[None]:
    with held_at(NOW):
        yield


@pytest.fixture
def furnished(calls: Any, reported: str, april: UUID, fill: Any, settings: Settings) -> None:
    """A problem under way, a card sent, and who administers; hashes that cost nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    calls("firm").post(f"/rounds/{april}/card/submit", fill(problems=[matter()]))
    seated("administrator", "13-office", "administrator")


def browser(login: str) -> Client:
    client = signed_in(login) if login else Client()
    client.raise_request_exception = False
    return client


def cases(forms: list[Form], chance: random.Random, each: int) -> Iterator[Case]:
    """Every value in all fields in which one types, so many in single fields of any kind, and every odd shape."""
    for form in forms:
        filled = form.filled()
        typed = {one.name for one in form.fields if one.is_typed}
        for hostile in VALUES:
            if typed:
                yield Case(form, hostile.name, [(name, hostile.value if name in typed else said) for name, said in filled])
        for one in form.fields:
            for hostile in chance.sample(VALUES, each):
                yield Case(form, f"{hostile.name} in {one.name}", [
                    (name, hostile.value if name == one.name else said) for name, said in filled
                ])
        yield from _odd(form, filled)


def _odd(form: Form, filled: Sent) -> Iterator[Case]:
    name = form.fields[0].name
    left_out, twice, as_list, unasked, nothing = SHAPES
    yield Case(form, left_out, [pair for pair in filled if pair[0] != name])
    yield Case(form, twice, [*filled, (name, PICTURE)])
    yield Case(form, as_list, [(f"{key}[]", said) for key, said in filled])
    yield Case(form, unasked, [*filled, ("is_active", "1"), ("person_id", "1"), ("unit_id", "nonsense"), ("id", "-1")])
    yield Case(form, nothing, [])


def send(client: Client, case: Case) -> list[Any]:
    """Send a case and follow where it leads; what it wrote is undone."""
    with transaction.atomic():
        if case.form.method == "POST":
            first = client.post(case.form.action, urlencode(case.sent), content_type=URLENCODED)
        else:
            query = urlencode(case.sent)[:LONGEST_QUERY]
            first = client.get(f"{urlsplit(case.form.action).path}?{query}")
        answers = [first]
        if first.status_code in (302, 303) and not urlsplit(first["Location"]).netloc:
            answers.append(client.get(first["Location"]))
        for answer in answers:
            read_out(answer)
        transaction.set_rollback(True)
    return answers


def troubles(case: Case, answers: list[Any]) -> Iterator[str]:
    """What is wrong with the answers to a case."""
    said = f"{case.form.method} {case.form.action}: {case.name}"
    for answer in answers:
        if answer.status_code >= 500:
            yield f"{said} → {answer.status_code}"
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            continue
        text = answer.content.decode()
        yield from (f"{said} → {mark} stands on the page" for mark in RUNS if mark in text)
        if "Traceback" in text:
            yield f"{said} → tells of its inside"
        is_kept = html.escape(PICTURE) in text or html.escape(PICTURE, quote=False) in text
        is_refused = case.form.method == "POST" and 'aria-invalid="true"' in text
        if case.name == "markup" and is_refused and not is_kept and any(one.is_typed and one.is_kept for one in case.form.fields):
            yield f"{said} → what was typed is gone"


def fuzz(login: str, most_pages: int, each: int, most_cases: int, capsys: pytest.CaptureFixture[str]) -> Walked:
    """Walk as somebody, send, and say how much was sent; nothing may break."""
    client, chance = browser(login), random.Random(f"{SEED} {login}")
    walked = walk(client, most_pages)
    every = list(cases(list(walked.forms.values()), chance, each))
    chosen = chance.sample(every, min(most_cases, len(every)))

    found = [trouble for case in chosen for trouble in troubles(case, send(client, case))]

    with capsys.disabled():
        print(f"\n{login or 'nobody'}: {len(walked.places)} places, {len(walked.forms)} forms, {len(chosen)} of {len(every)} hostile cases")
    assert walked.broken == []
    assert found == []
    return walked


@pytest.mark.django_db
def test_a_sample_of_hostile_forms_breaks_nothing(furnished: None, capsys: pytest.CaptureFixture[str]) -> None:
    walked = fuzz("park_office", 24, 2, 60, capsys)

    assert len(walked.forms) > 5


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("login", WHO)
def test_every_hostile_form_breaks_nothing(login: str, furnished: None, capsys: pytest.CaptureFixture[str]) -> None:
    walked = fuzz(login, 400, 6, MOST_CASES, capsys)

    assert walked.forms


def test_what_gets_out_would_be_noticed() -> None:
    """The marks that are looked for stand in what is sent, and a page that shows them raw is caught."""
    form = Form("POST", "/sign-in/")
    page = type("Answer", (), {
        "status_code": 200, "streaming": False, "content": f"<p>{PICTURE}</p>".encode(), "get": lambda _self, *_: "text/html",
    })()

    assert list(troubles(Case(form, "markup", []), [page])) == [
        "POST /sign-in/: markup → <img src=x onerror=zt stands on the page"
    ]
    for mark in RUNS[:3]:
        assert any(isinstance(one.value, str) and mark in one.value for one in VALUES), mark
