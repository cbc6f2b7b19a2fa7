"""Files in a form: what was uploaded is stored first and travels with the form, whatever else is wrong in it.

`gather` once for a sending, hand the outcome to the form, and give `cleaned_data["files"]` to the act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.files.actions import Taken, Upload, store_what_fits
from zhitong.domain.files.queries import FileView, waiting_files
from zhitong.domain.files.rules.kinds import LONGEST_VOICE, MEBIBYTE, MOST_BYTES, MOST_FILES, SERVED_AS, FileKind
from zhitong.kit import clock
from zhitong.web.shell.components import Text

FIELD, KEPT, ADDING = "files", "files_kept", "files_add"


@dataclass(frozen=True)
class Gathered:
    """The files of a form so far; `ids` also names kept ones that are gone, so that the act can say so."""

    files: tuple[FileView, ...] = ()
    ids: tuple[UUID, ...] = ()
    refusals: tuple[str, ...] = ()


NOTHING = Gathered()
Judged = TypeVar("Judged", bound=forms.Form)


@dataclass(frozen=True)
class Chooser:
    """One control for choosing files: phones open camera, recorder or folder by what it asks for."""

    name: str
    label: Text
    accept: str


def gather(request: HttpRequest, of: str = "") -> Gathered:
    """Store what was uploaded now, beside what the form had kept; nothing is lost when the form is refused.

    `of` names one of several things on a page that each take files: its controls are called `files-<of>`.
    """
    ending = f"-{of}" if of else ""
    kept = tuple(filter(None, map(_id_in, request.POST.getlist(KEPT + ending))))[:MOST_FILES]
    sent = request.FILES.getlist(FIELD + ending)
    room = MOST_FILES - len(kept)
    taken, refusals = Taken(), []
    if sent[:room]:
        uploads = (Upload(one.name, one.size, one) for one in sent[:room])
        taken = store_what_fits(uploads, actor=request.viewer.actor("web"), now=clock.now())
    if sent[room:]:
        names = "、".join(f"“{one.name}”" for one in sent[room:])
        refusals.append(_("最多附%(most)d个文件，没有上传的有：%(names)s。") % {"most": MOST_FILES, "names": names})
    ids = (*kept, *(one.id for one in taken.files))
    files = waiting_files(request.viewer.unit_id, ids) if ids else []
    return Gathered(tuple(files), ids, (*taken.refusals, *refusals))


def is_adding(request: HttpRequest) -> bool:
    """Whether the form was sent only to upload what is chosen and go on."""
    return ADDING in request.POST


def judged_for_files_alone(form: Judged) -> Judged:
    """A form sent only to add files: what was typed stays and is not judged yet."""
    for name in [name for name in form.errors if name != FIELD]:
        del form.errors[name]
    return form


class FilesInput(forms.Widget):
    """What is kept, each with a tick to leave it out, and what more may be chosen."""

    template_name = "shell/parts/files.html"
    needs_multipart_form = True
    gathered = NOTHING

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Files kept so far and the controls."""
        kept = self.gathered.files
        return super().get_context(name, value, attrs) | {
            "kept": kept, "choosers": CHOOSERS if len(kept) < MOST_FILES else (), "kept_name": KEPT, "adding": ADDING,
            "described_by": (attrs or {}).get("aria-describedby", ""),
        }

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Files are gathered before the form is read."""
        return False


class FilesField(forms.Field):
    """Photos, recordings and papers beside what is written; gives the ids to attach."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("照片、录音或文件"))
        kwargs.setdefault("help_text", _limits)
        super().__init__(required=False, **kwargs)

    def hold(self, gathered: Gathered) -> None:
        """Take what was gathered for this sending."""
        self.gathered = self.widget.gathered = gathered

    def clean(self, value: Any) -> Sequence[UUID]:
        """The ids to attach; a sentence for each file that could not be taken."""
        gathered = getattr(self, "gathered", NOTHING)
        if gathered.refusals:
            raise forms.ValidationError(list(gathered.refusals))
        return gathered.ids


def _accept(*kinds: FileKind) -> str:
    """What a control asks for: types, and endings where systems do not know the type."""
    servings = [one for one in SERVED_AS.values() if one.kind in kinds]
    types = [one.media_type.partition(";")[0] for one in servings]
    return ",".join([*types, *(f".{ending}" for one in servings for ending in one.endings)])


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# Phones hand over JPEG where only types of pictures are asked for, and open the camera beside the album.
CHOOSERS = (
    Chooser("photo", gettext_lazy("拍照或选图"), "image/jpeg,image/png,image/webp"),
    Chooser("voice", gettext_lazy("录音"), f"audio/*,{_accept(FileKind.VOICE)}"),
    Chooser("paper", gettext_lazy("文件"), _accept(FileKind.PAPER)),
)
_limits = gettext_lazy("最多%(files)d个，每个不超过%(size)dMB；录音不超过%(minutes)d分钟") % {
    "files": MOST_FILES, "size": MOST_BYTES // MEBIBYTE, "minutes": LONGEST_VOICE.total_seconds() // 60,
}
