"""Where a photo was taken, as a phone writes it: degrees, minutes and seconds, north or south, east or west. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4
_PARTS = 3
_HALF_TURN, _QUARTER_TURN = 180, 90
PLACES = Decimal("0.000001")
"""A degree to six places: some ten centimetres."""


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east, by WGS 84; negative ones are south and west."""

    latitude: Decimal
    longitude: Decimal

    def __str__(self) -> str:
        north = "北纬" if self.latitude >= 0 else "南纬"
        east = "东经" if self.longitude >= 0 else "西经"
        return f"{north}{abs(self.latitude):.4f}°，{east}{abs(self.longitude):.4f}°"


def place_told(told: Mapping[int, Any]) -> Place | None:
    """The place in a photo's own notes; None when they tell none, or nonsense."""
    latitude = _degrees(told.get(_LATITUDE), told.get(_LATITUDE_REF), "S", _QUARTER_TURN)
    longitude = _degrees(told.get(_LONGITUDE), told.get(_LONGITUDE_REF), "W", _HALF_TURN)
    if latitude is None or longitude is None:
        return None
    return Place(latitude, longitude)


def _degrees(parts: Any, side: Any, negative: str, most: int) -> Decimal | None:
    try:
        degrees, minutes, seconds = (float(one) for one in tuple(parts)[:_PARTS])
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if not 0 <= found <= most:
        return None
    return Decimal(-found if str(side).upper() == negative else found).quantize(PLACES)
