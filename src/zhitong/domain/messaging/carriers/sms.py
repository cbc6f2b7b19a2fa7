"""SMS through the operator's gateway: JSON {phone, text, id}, the key as bearer.

Kept from being doubled: `id` (also as Idempotency-Key) is the same at every try; whether the gateway heeds it is its own matter.
"""

from __future__ import annotations

from zhitong.domain.messaging.carriers.parcels import Parcel, called
from zhitong.domain.messaging.rules.wires import GatewayWire


def carry(wire: GatewayWire, parcel: Parcel) -> str:
    """Hand a message to the gateway. Raises NotTaken."""
    called(
        "POST", wire.url, json={"phone": parcel.to, "text": parcel.text.sentence, "id": str(parcel.id)},
        headers={"Authorization": f"Bearer {wire.key}", "Idempotency-Key": str(parcel.id)},
    )
    return str(parcel.id)
