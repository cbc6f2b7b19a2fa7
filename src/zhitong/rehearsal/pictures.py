"""Invented photos for the demonstration: plain coloured fields, each with bytes of its own."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from zhitong.domain.files.actions import Upload, store
from zhitong.domain.history.rules import Actor
from zhitong.rehearsal.chance import chance

SIZE = (640, 480)


def photo(name: str, number: int) -> Upload:
    """A photo of nothing: sky, a wall and a gate in colours that follow from its number."""
    draw = chance("photo", number)
    wall, gate = (tuple(draw.randint(90, 200) for _part in range(3)) for _thing in range(2))
    picture = Image.new("RGB", SIZE, (205, 219, 230))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 180, 600, 430), fill=wall)
    pen.rectangle((260, 260, 380, 430), fill=gate)
    pen.rectangle((0, 430, *SIZE), fill=(150, 150, 145))
    out = BytesIO()
    picture.save(out, "JPEG", quality=70)
    return Upload(name, out.tell(), BytesIO(out.getvalue()))


def stored_photo(name: str, number: int, *, actor: Actor, now: datetime) -> UUID:
    """Keep a photo for the actor's unit, to be attached."""
    [kept] = store([photo(name, number)], actor=actor, now=now)
    return kept.id
