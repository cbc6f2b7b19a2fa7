"""Walking through doors: who asks, what comes back with all its words, and what in it is not due."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow.parquet
from django.test import Client

from tests.access.doors import ODATA, WEB, Door, Scope, declared
from tests.access.seats import NOBODY, POSTLESS, Seat, seats
from tests.access.truth import Thing, sees, traces
from tests.cast import viewer
from tests.telling import words_in
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.models import Person
from zhitong.kit.handing_out import HEADER
from zhitong.kit.marking import MARKED_BY

ABSENT = "01890a5d-ac96-774b-bcce-b302099a8057"
"""An id and a number that nothing has."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
NOT_THERE = frozenset({403, 404, 405})
"""How a door answers who does not see its thing: not found; or his post may not, whatever the thing; or it only acts."""
TAKEN_OUT = frozenset({*MARKED_BY, "text/csv", "application/x-ndjson", "application/vnd.apache.parquet"})
"""Media types that are files to be saved, whatever else is said of them."""
REFUSED = frozenset({400, 403, 404, 405, 409, 413, 415, 422})
"""How an act is refused."""
TRACING = frozenset({
    "api GET /problems/{number}/sight", "api GET /subjects/{subject_id}/sight", "web GET sight/problems/<str:number>/",
    "web GET sight/subjects/<uuid:subject_id>/", "api GET /audit/facts", "web GET audit/facts/",
})
"""Doors at which an auditor learns who sees a thing, or what was done to it: of the served he reads the name, of none the words."""
ANSWERS = frozenset({200, 302, 403, 404, 405, 409})


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in the matrix: a door, who asks, about which thing, and what is asked beside the address."""

    door: Door
    login: str
    thing: Thing | None = None
    query: tuple[tuple[str, str], ...] = ()

    @property
    def seat(self) -> Seat | None:
        """Where the one who asks sits; nowhere for nobody."""
        return seats().get(self.login)

    @property
    def is_inside(self) -> bool:
        """Whether the thing is one that he sees, or at a door of tracing one that he traces."""
        return self.thing is not None and (sees(self.seat, self.thing) or (self.door.name in TRACING and traces(self.seat, self.thing)))

    def hears(self, thing: Thing) -> bool:
        """Whether the word of a thing may be told here: to whoever sees it; the name of the served also to who traces."""
        return sees(self.seat, thing) or (self.door.name in TRACING and thing.kind == "subject" and traces(self.seat, thing))

    def __str__(self) -> str:
        about = f" ({self.thing.kind} {self.thing.word}, {'inside' if self.is_inside else 'outside'})" if self.thing else ""
        asked = "?" + "&".join("=".join(pair) for pair in self.query) if self.query else ""
        return f"{self.login}: {self.door.name}{asked}{about}"


@dataclass
class Walker:
    """Who goes from door to door, signed in once; knows every word that was told into the world."""

    things: Sequence[Thing]
    _clients: dict[str, Client] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def ask(self, cell: Cell) -> tuple[int, str]:
        """The status and all the words of the answer."""
        answer = self._asked(cell)
        return answer.status_code, said_in(answer)

    def _asked(self, cell: Cell) -> Any:
        address = cell.door.address(values_for(cell.door, cell.thing))
        if cell.door.floor == WEB:
            return self._client(cell.login).get(address, dict(cell.query))
        headers = {"Authorization": f"Bearer {self._key(cell.login)}"} if cell.login != NOBODY else {}
        return self._client(NOBODY).get(address, dict(cell.query), headers=headers)

    def fault(self, cell: Cell) -> str:
        """What is wrong with the answer to a cell, in words; empty where all is as it is due."""
        answer = self._asked(cell)
        status, said = answer.status_code, said_in(answer)
        wrong = sorted(one.word for one in self.things if one.word in said and not cell.hears(one))
        if wrong:
            return f"{cell}: {status}, told {', '.join(wrong)}"
        if leaves_unnumbered(cell, answer):
            return f"{cell}: {status}, a file without the number of an export"
        due = statuses_due(cell)
        if status not in due:
            return f"{cell}: {status}, due {sorted(due)}"
        if shows(cell) and (status != 200 or cell.thing is None or cell.thing.word not in said):
            return f"{cell}: {status}, its word is not told"
        return ""

    def fault_of_act(self, cell: Cell, body: bytes | dict[str, str], headers: dict[str, str]) -> str:
        """What is wrong with the answer to an act on a thing that is not seen; empty where it is refused and tells nothing."""
        address = cell.door.address(values_for(cell.door, cell.thing))
        if cell.door.floor == WEB:
            answer = self._client(cell.login).post(address, body)
        else:
            given = {"Authorization": f"Bearer {self._key(cell.login)}", **headers}
            answer = self._client(NOBODY).post(address, body, content_type="application/json", headers=given)
        said = said_in(answer)
        wrong = sorted(one.word for one in self.things if one.word in said and not sees(cell.seat, one))
        if answer.status_code not in REFUSED or wrong:
            return f"{cell}: POST {answer.status_code}, told {', '.join(wrong) or 'nothing'}"
        return ""

    def _client(self, login: str) -> Client:
        if login not in self._clients:
            client = self._clients[login] = Client(raise_request_exception=False)
            if login != NOBODY:
                client.force_login(Person.objects.get(login=login))
        return self._clients[login]

    def _key(self, login: str) -> str:
        if login not in self._keys:
            who = viewer(login)
            self._keys[login] = issue_token(person_id=who.person_id, post_id=who.post_id, name="演示", now=NOW)
        return self._keys[login]


def leaves_unnumbered(cell: Cell, answer: Any) -> bool:
    """Whether an answer takes something out and does not carry the number by which auditors find who took it (R-A3)."""
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    is_saved = answer.headers.get("Content-Disposition", "").startswith("attachment") or media_type in TAKEN_OUT
    is_feed = cell.door.floor == ODATA and cell.door.pattern not in ("", "$metadata")
    is_numbered = re.fullmatch(r"[0-9a-f-]{36}", answer.headers.get(HEADER, "")) is not None
    return answer.status_code == 200 and cell.login != NOBODY and (is_saved or is_feed) and not is_numbered


SHOWN = {
    "web GET problems/<str:number>/": "problem", "api GET /problems/{number}": "problem",
    "web GET complaints/<str:number>/": "complaint", "api GET /complaints/{number}": "complaint",
    "web GET commons/<str:number>/": "common", "api GET /commons/{number}": "common",
    "web GET subjects/<uuid:subject_id>/": "subject", "api GET /subjects/{subject_id}": "subject",
    "web GET visits/<uuid:visit_id>/": "visit", "api GET /visits/{visit_id}": "visit",
    "web GET reports/<uuid:report_id>/": "report", "api GET /reports/{report_id}": "report",
    "web GET supervision/<uuid:supervision_id>/": "supervision", "web GET rhythm/<uuid:cycle_id>/": "cycle",
    "web GET inspections/<uuid:inspection_id>/": "inspection", "web GET practices/<uuid:piece_id>/": "piece",
    "web GET exchange/<uuid:upload_id>/": "upload", "web GET extras/<uuid:proposal_id>/": "extra",
    "web GET supervision/instructions/<uuid:instruction_id>/": "instruction",
    "web GET roadmap/<uuid:milestone_id>/": "milestone", "web GET bulletins/editions/<uuid:edition_id>/": "edition",
}
"""Doors on which a thing is told with its word to everybody who sees it, and whose word."""


def shows(cell: Cell) -> bool:
    """Whether the cell owes the word of its thing."""
    return cell.is_inside and cell.thing is not None and SHOWN.get(cell.door.name) == cell.thing.kind


def statuses_due(cell: Cell) -> frozenset[int]:
    """The statuses with which the answer may come."""
    scope = declared(cell.door)
    if cell.login == NOBODY:
        if scope is Scope.OPEN:
            return frozenset({200, 302, 404, 405})
        return frozenset({302} if cell.door.floor == WEB else {401})
    if cell.login == POSTLESS:
        return ANSWERS if scope is Scope.OPEN else frozenset({403})
    if cell.thing is None or cell.is_inside:
        return ANSWERS
    return NOT_THERE


KEYS = {"number": "problem", "id": "", "sheet_id": "sheet"}
NUMBERED = {"commons": "common", "complaints": "complaint", "plan": "", "rhythm": "", "reader": ""}
FILLED = {
    "act": "acknowledge", "what": "change", "kind": "monthly_meeting", "code": "1309", "campaign": "hebei-2018", "region": "1309",
    "period": "2018-08", "slug": "problems", "scene": "pulse", "unit_code": "1309-development", "lens": "territory",
    "place": "0", "gate": "half_year", "day": "20180427", "word": "subjects", "link": "none", "common": "none",
    "key": "none", "name": "problems",
}
"""What stands in a parameter that names no thing of ours."""
FILLED_AT = {
    "api GET /audit/days/{day}": {"day": "2018-04-27"}, "api GET /bulletins/templates/{kind}": {"kind": "brief"},
    "web GET audit/days/<day_digits:day>/": {"day": "2018-04-27"}, "api GET /calendar/{year}": {"year": "2018"},
    "web GET reader/<uuid:paper_id>/cases/<int:number>/restore/": {"number": "1"}, "api GET /tiers/{kind}": {"kind": "industry"},
    "api GET /upload-templates/{kind}": {"kind": "subjects"},
}
"""What stands there at doors that would not take it."""


def key_of(door: Door) -> str:
    """Which key of a thing's `named` the first parameter of a door asks for; empty where it names none."""
    for parameter in door.parameters:
        if parameter == "number":
            first = door.pattern.strip("/").split("/")
            if (first[0] == "complaints" and "seal" in first) or (first[0] == "commons" and "adopt" in first):
                return "problem"
            return NUMBERED.get(first[0], "problem")
        if parameter.endswith("_id"):
            return KEYS.get(parameter, parameter.removesuffix("_id"))
    return ""


def values_for(door: Door, thing: Thing | None) -> dict[str, str]:
    """What stands in the parameters of a door when it is asked for a thing."""
    key, values = key_of(door), {}
    for parameter in door.parameters:
        own = "problem" if parameter == "number" else parameter.removesuffix("_id")
        named = thing.named if thing is not None else {}
        if parameter == "number" and key in named:
            values[parameter] = named[key]
        elif parameter.endswith("_id"):
            values[parameter] = named.get(own, ABSENT)
        else:
            values[parameter] = FILLED_AT.get(door.name, FILLED).get(parameter, "none")
    return values


QUERIES: dict[str, tuple[tuple[str, str], ...]] = {
    "api GET /categories": (("kind", "industry"),), "api GET /calendar": (("since", "2018-04-27"), ("until", "2018-04-27")),
    "api GET /due": (("start", "2018-04-27"), ("workdays", "5")), "api GET /bulletins/papers": (("kind", "owing"),),
    "api GET /targets": (("campaign", "hebei-2018"),), "api GET /reports/meter": (("period", "2018-08"),),
    "api GET /problems": (("lens", "all"),), "api GET /search": (("words", "限电"),),
    "api GET /subjects/alike": (("name", "演示南大港石化设备有限公司"), ("region", "130973400")),
    "web GET search/": (("words", "限电"),), "web GET bulletins/make": (("kind", "ledger"), ("format", "xlsx")),
    "web GET open-data/<slug:name>/file/": (("kind", "csv"),),
}
"""What some doors must be asked beside their address."""


def cells(things: Sequence[Thing], door: Door) -> Iterator[Cell]:
    """The cells of a door: everybody × every thing that its address can name; without one, everybody, also as a sheet."""
    if door.method != "GET":
        return
    key = key_of(door)
    named = [one for one in things if key and key in one.named] or [None]
    floors = (*seats(), NOBODY, *([POSTLESS] if door.floor == WEB else []))
    for login in floors:
        for thing in named:
            yield Cell(door, login, thing, QUERIES.get(door.name, ()))
        if door.floor == WEB and not door.parameters and declared(door) is Scope.LISTED:
            yield Cell(door, login, None, (*QUERIES.get(door.name, ()), ("export", "xlsx")))
        if door.floor == ODATA and door.pattern not in ("", "$metadata"):
            yield from (Cell(door, login, None, (("$format", kind),)) for kind in ("csv", "parquet"))


def said_in(answer: Any) -> str:
    """All the words of an answer: of pages, JSON, tables, papers, archives; blanks taken out, escapes undone."""
    content: bytes = answer.getvalue()
    if content.startswith(b"PAR1"):
        return str(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist())
    said = words_in(content)
    if content.startswith(b"%PDF") or "text/calendar" in answer.get("Content-Type", ""):
        said = re.sub(r"\s+", "", said)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), said) + answer.get("Location", "")
