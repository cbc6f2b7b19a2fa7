"""`POST /api/oauth/token`: a short-lived token for a client's key, as OAuth 2.0 client credentials (RFC 6749 4.4).

It stands beside the versions of the API: its shapes are those of the RFC, its errors too.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zhitong.api.door import address_of
from zhitong.domain.systems.queries.calling import TooManyCalls, token_for
from zhitong.domain.systems.rules.clients import TOKEN_LIVES
from zhitong.kit import clock

GRANT = "client_credentials"


@csrf_exempt
@login_not_required
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Give a token to whoever brings a client's id and one of its keys, by Basic or in the form."""
    if request.POST.get("grant_type") != GRANT:
        return _failed("unsupported_grant_type", "grant_type must be client_credentials", HTTPStatus.BAD_REQUEST)
    client, secret = _credentials(request)
    try:
        found = token_for(secret, client_id=UUID(client), address=address_of(request), now=clock.now())
    except ValueError:
        found = None
    except TooManyCalls as refused:
        answer = _failed("slow_down", refused.sentence, HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = str(refused.wait_seconds)
        return answer
    if found is None:
        answer = _failed("invalid_client", "client_id and client_secret are not known together", HTTPStatus.UNAUTHORIZED)
        answer["WWW-Authenticate"] = 'Basic realm="zhitong"'
        return answer
    return _told(
        {"access_token": found, "token_type": "Bearer", "expires_in": int(TOKEN_LIVES.total_seconds())}, HTTPStatus.OK
    )


def _credentials(request: HttpRequest) -> tuple[str, str]:
    scheme, _blank, said = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    try:
        client, _colon, secret = base64.b64decode(said.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return client, secret


def _failed(error: str, words: str, status: HTTPStatus) -> HttpResponse:
    return _told({"error": error, "error_description": words}, status)


def _told(content: Mapping[str, object], status: HTTPStatus) -> HttpResponse:
    answer = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer
