"""Programs that call the API while it is killed under them: each thing under one key, sent until an answer comes.

Standard library alone: no database of ours is open in the threads that call.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote
from uuid import UUID

PAUSE_SECONDS = 0.2
PATIENCE_SECONDS = 30.0
GOOD, TROUBLE, ACCIDENT = range(200, 300), (429, 502, 503, 504), 500
REPLAYED = "Idempotent-Replay"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who calls: firms that report, each a key and the code of the office of its own region; the keys of officers by the code of
    their unit; and by office the unit it dispatches to."""

    firms: Sequence[tuple[str, str]]
    units: Mapping[str, str]
    handler_of: Mapping[str, str]


@dataclass(slots=True)
class Journal:
    """What was acknowledged to one caller: acts by (number of the problem, act); how many sendings had no answer and were sent
    again, how many of those proved done already; what was refused, what nobody answered in time, and accidents of the server."""

    done: Counter[tuple[str, str]] = field(default_factory=Counter)
    again: int = 0
    replayed: int = 0
    refused: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    accidents: list[str] = field(default_factory=list)


class Caller(threading.Thread):
    """Lives of problems one after another, from the report to the close-off, each act by who has to do it."""

    def __init__(self, port: int, cast: Cast, seed: str, go_on: Callable[[], bool], until: Callable[[], float]) -> None:
        super().__init__(name=f"caller {seed}", daemon=True)
        self.journal = Journal()
        self._port, self._cast = port, cast
        self._draw = Random(seed)
        self._go_on, self._until = go_on, until
        self._connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Life after life, each to its end; what breaks a caller off is an accident of the storm."""
        try:
            while self._go_on():
                self._live()
        except Exception as error:
            self.journal.accidents.append(repr(error))

    def _live(self) -> None:
        firm, home = self._draw.choice(self._cast.firms)
        text = f"演示：{self._draw.randrange(10**6)} 号设备夜间限电。"
        said: dict[str, Any] = {"category": "energy", "text": text, "known_to_head": True}
        standing, act = self._send(firm, "/problems", said), "submit"
        while standing is not None:
            self.journal.done[standing["number"], act] += 1
            turn = self._turn(standing, firm, home, is_replied=act == "reply")
            if turn is None:
                return
            secret, act, said = turn
            standing = self._send(secret, f"/problems/{standing['number']}/acts/{act}", said)

    def _turn(
        self, standing: Mapping[str, Any], firm: str, home: str, *, is_replied: bool
    ) -> tuple[str, str, dict[str, Any]] | None:
        """Whose turn it is, with what; None where the life is over, or belongs to nobody of the cast."""
        unit = (standing["unit"] or {}).get("code", "")
        own = self._cast.units.get(unit, "")
        turns = {
            "submitted": (own, "accept", {}),
            "accepted": (own, "dispatch", {"unit": self._cast.handler_of.get(unit, ""), "reason": "演示：归口办理"}),
            "dispatched": (own, "acknowledge", {"contact": "演示：已电话联系企业"}),
            "handling": (own, "complete", {"outcome": "solved", "text": "演示：已协调错峰用电，请确认。"}),
            "answered": (firm, "confirm", {"rating": "satisfied"}),
            "confirmed": (self._cast.units.get(home, ""), "close_off", {}),
        }
        if standing["state"]["code"] == "handling" and not is_replied and self._draw.random() < 0.5:
            return (own, "reply", {"text": "演示：正在协调。"}) if own else None
        turn = turns.get(standing["state"]["code"])
        return turn if turn and turn[0] else None

    def _send(self, secret: str, path: str, said: Mapping[str, Any]) -> Any:
        """Send until an answer comes, under one key; None where it was refused or nobody answered in time."""
        headers = {
            "Authorization": f"Bearer {secret}", "Content-Type": "application/json",
            "Idempotency-Key": str(UUID(int=self._draw.getrandbits(128))),
        }
        body, tries = json.dumps(said).encode(), 0
        while True:
            answer = self._ask(path, body, headers)
            if answer is not None and answer.status not in TROUBLE:
                break
            tries += 1
            self.journal.again += 1
            if time.monotonic() > self._until():
                self.journal.unanswered.append(path)
                return None
            time.sleep(PAUSE_SECONDS)
        self.journal.replayed += bool(tries and answer.header == "true")
        if answer.status not in GOOD:
            told = self.journal.accidents if answer.status >= ACCIDENT else self.journal.refused
            told.append(f"{path}：{answer.status} {answer.body[:200].decode(errors='replace')}")
            return None
        return json.loads(answer.body)

    def _ask(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer | None:
        """One try; None where the connection broke, or was never made."""
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
            self._connection.request("POST", f"/api/v1{quote(path)}", body, dict(headers))
            reply = self._connection.getresponse()
            return Answer(reply.status, reply.read(), reply.headers.get(REPLAYED, ""))
        except (OSError, http.client.HTTPException):
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: its status, its body, and whether it is the answer of an earlier sending ("true")."""

    status: int
    body: bytes
    header: str
