"""A unit's own system: JSON {id, at, title, count, url}, signed as the Standard Webhooks specification says.

The receiver proves the sender by `webhook-signature`: "v1," and the HMAC-SHA256 in Base64 over "id.timestamp.body". Kept from
being doubled: `webhook-id` is the same at every try, so a receiver that keeps ids takes each message once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from zhitong.domain.messaging.carriers.parcels import Parcel, called
from zhitong.domain.messaging.rules.wires import Hook
from zhitong.kit import clock


def carry(hook: Hook, parcel: Parcel) -> str:
    """Post it. Raises NotTaken."""
    seconds = int(clock.world_now().timestamp())
    told = {"id": str(parcel.id), "title": parcel.text.title, "text": parcel.text.sentence, "count": parcel.count, "url": parcel.text.url}
    body = json.dumps(told, ensure_ascii=False).encode()
    called("POST", hook.url, content=body, headers={
        "Content-Type": "application/json", "webhook-id": str(parcel.id), "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature(hook.secret, str(parcel.id), seconds, body)}",
    })
    return str(parcel.id)


def signature(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """HMAC-SHA256 over id, time and body, in Base64."""
    signed = f"{message_id}.{seconds}.".encode() + body
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
