"""What a wall is asked to show: which scenes, for how many seconds each, of which region; and the addresses that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.choices import Word
from zhitong.web.shell.forms import PlainForm

USUAL_SECONDS = 15
SECONDS = (5, 10, USUAL_SECONDS, 20, 30, 60, 120)


class Scene(Word):
    """The scenes of a wall in their order."""

    TILES = "tiles", "各地情况"
    FLOW = "flow", "逐级办理"
    METER = "meter", "信息采集"
    LIGHTS = "lights", "目标进度"
    SPOTS = "spots", "问题热点"
    ANSWERS = "answers", "最新办结"


OF_TERRITORY = frozenset({Scene.FLOW, Scene.SPOTS})
"""Scenes whose counts are kept for a whole territory and not line by line."""


class Settings(PlainForm):
    """The panel of a wall. What cannot be read is as if it had not been asked."""

    scenes = forms.MultipleChoiceField(label=gettext_lazy("轮播内容"), required=False, widget=forms.CheckboxSelectMultiple)
    seconds = forms.TypedChoiceField(label=gettext_lazy("每屏停留"), required=False, coerce=int, empty_value=0)
    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)

    def __init__(self, *args: Any, offered: Sequence[Scene], regions: Sequence[RegionEntry] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenes"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]
        self.fields["seconds"].choices = [(str(one), _("%d 秒") % one) for one in SECONDS]  # type: ignore[attr-defined]
        self.fields["region"].choices = [(one.code, one.name) for one in regions]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Showing:
    """What is shown: the scene in sight, those that follow one another, and how long each stays."""

    region: RegionEntry
    scene: Scene
    scenes: tuple[Scene, ...]
    offered: tuple[Scene, ...]
    seconds: int
    as_table: bool

    def address(self, scene: Scene, region: RegionEntry | None = None) -> str:
        """The page of a scene with everything else as it is."""
        asked: list[tuple[str, str]] = []
        if self.scenes != self.offered:
            asked += [("scenes", one.value) for one in self.scenes]
        if self.seconds != USUAL_SECONDS:
            asked.append(("seconds", str(self.seconds)))
        path = reverse("wall:scene", args=[(region or self.region).code, scene.value])
        return f"{path}?{urlencode(asked)}" if asked else path

    @property
    def other_form(self) -> str:
        """The scene as a table, or from there as a drawing again."""
        address = self.address(self.scene)
        return address if self.as_table else f"{address}{'&' if '?' in address else '?'}as=table"

    @property
    def following(self) -> Scene:
        """The scene after the one in sight."""
        if self.scene not in self.scenes:
            return self.scenes[0]
        return self.scenes[(self.scenes.index(self.scene) + 1) % len(self.scenes)]

    def settings(self, viewer: Viewer) -> Settings:
        """The panel, filled in with what is shown."""
        given = {"scenes": [one.value for one in self.scenes], "seconds": self.seconds, "region": self.region.code}
        return Settings(initial=given, offered=self.offered, regions=regions_to_choose(viewer, self.region))


def showing_of(viewer: Viewer, region: RegionEntry, asked: QueryDict, scene: str) -> Showing | None:
    """What an address asks for; None where it names a scene that this viewer does not have."""
    offered = tuple(one for one in Scene if viewer.reach is Reach.SUBTREE or one not in OF_TERRITORY)
    form = Settings(asked, offered=offered)
    form.is_valid()
    wanted = form.cleaned_data.get("scenes", ())
    scenes = tuple(one for one in offered if one.value in wanted) or offered
    shown = next((one for one in offered if one.value == scene), None) if scene else scenes[0]
    if shown is None:
        return None
    seconds = form.cleaned_data.get("seconds") or USUAL_SECONDS
    return Showing(region, shown, scenes, offered, seconds, asked.get("as") == "table")


def regions_to_choose(viewer: Viewer, region: RegionEntry) -> list[RegionEntry]:
    """From the viewer's own region down to the one shown, and those directly below it."""
    here = directory()
    path = here.path(region.id)
    start = next((at for at, one in enumerate(path) if one.id == viewer.region_id), 0)
    return [*path[start:], *here.children(region.id)]
