"""What a carrier is given, and how it says that the other side did not take it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

import httpx

from zhitong.domain.messaging.rules.outside import Text
from zhitong.kit.refusals import Refused

SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way: to which address of the channel, under which id, saying what; `count` of things it tells."""

    id: UUID
    to: str
    text: Text
    count: int = 1


class NotTaken(Refused):
    """The other side did not take a message.

    `is_lasting`: trying again will not help, the address or the message is at fault. `rests`: the whole channel is to be
    left alone for a while: it cannot be reached, refuses our key, or has had too many.
    """

    def __init__(self, sentence: str, *, is_lasting: bool = False, rests: bool = False) -> None:
        super().__init__(sentence)
        self.is_lasting = is_lasting
        self.rests = rests


def called(method: str, url: str, **how: object) -> httpx.Response:
    """Call an address over HTTP; following no redirect, since a secret may be in it.

    Raises NotTaken: it does not answer, has had too many calls, or has trouble of its own (all of which rest the channel),
    or refuses the call.
    """
    try:
        answer = _client().request(method, url, **how)  # type: ignore[arg-type]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotTaken(f"连接不上对方的服务（{type(error).__name__}），请检查地址和网络。", rests=True) from error
    status = answer.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise NotTaken("对方说发得太多，稍后再发。", rests=True)
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise NotTaken(f"对方不认本系统的密钥（{status}），请核对设置。", rests=True)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise NotTaken(f"对方的服务出错（{status}），稍后再发。", rests=True)
    if not answer.is_success:
        raise NotTaken(f"对方拒收（{status}），请核对地址和设置。", is_lasting=True)
    return answer


@cache
def _client() -> httpx.Client:
    """One for the process: making one reads all certificates of the machine. Nothing is kept open after a call."""
    return httpx.Client(timeout=SECONDS, follow_redirects=False, limits=httpx.Limits(max_keepalive_connections=0))


def said(answer: httpx.Response) -> dict[str, object]:
    """The JSON object of an answer. Raises NotTaken: there is none."""
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotTaken("对方的答复看不懂，请核对地址是否正确。", rests=True)
    return found
