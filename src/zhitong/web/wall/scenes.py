"""Which file tells which scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from zhitong.domain.organisations.scope import Viewer
from zhitong.web.wall import answers, flow, lights, meter, spots, tiles
from zhitong.web.wall.showing import Scene, Showing
from zhitong.web.wall.telling import Told

Telling = Callable[[Viewer, Showing, datetime], Told]

TOLD_IN: Mapping[Scene, Telling] = {
    Scene.TILES: tiles.told, Scene.FLOW: flow.told, Scene.METER: meter.told, Scene.LIGHTS: lights.told,
    Scene.SPOTS: spots.told, Scene.ANSWERS: answers.told,
}


def told_by(scene: Scene, viewer: Viewer, showing: Showing, now: datetime) -> Told:
    """What a scene tells a viewer of the region shown at a moment."""
    return TOLD_IN[scene](viewer, showing, now)
