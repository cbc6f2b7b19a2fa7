"""Askings at identity services that are under way from a browser: kept in its session, taken out once, for ten minutes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.http import HttpRequest

from zhitong.kit import clock
from zhitong.kit.openid.shapes import Secrets

_KEPT, _MOST = "asked_elsewhere", 5
ON_THE_WAY = timedelta(minutes=10)


@dataclass(frozen=True)
class Flow:
    """One asking: at which service, with which secrets, where to afterwards, since when (seconds of the world's time).

    `links` is the id of who asks in order to link himself, being in already; empty where somebody would come in.
    """

    service: str
    state: str
    nonce: str
    verifier: str
    to: str
    since: float
    links: str = ""

    @property
    def secrets(self) -> Secrets:
        """What only this browser can bring back."""
        return Secrets(self.state, self.nonce, self.verifier)


def begun(request: HttpRequest, service: str, secrets: Secrets, *, to: str, links: str = "") -> None:
    """Keep an asking; of several from one browser the newest few."""
    now = clock.world_now().timestamp()
    flow = Flow(service, secrets.state, secrets.nonce, secrets.verifier, to, now, links)
    request.session[_KEPT] = [*_all(request)[-_MOST + 1 :], asdict(flow)]


def taken(request: HttpRequest, state: str) -> Flow | None:
    """The asking of a state, which is used up by this; None when there is none, it took too long, or it was used."""
    rows = _all(request)
    found = next((row for row in rows if state and row["state"] == state), None)
    if found is None:
        return None
    request.session[_KEPT] = [row for row in rows if row is not found]
    flow = Flow(**found)
    is_late = clock.world_now().timestamp() - flow.since > ON_THE_WAY.total_seconds()
    return None if is_late else flow


def _all(request: HttpRequest) -> list[dict[str, object]]:
    kept = request.session.get(_KEPT)
    return kept if isinstance(kept, list) else []
