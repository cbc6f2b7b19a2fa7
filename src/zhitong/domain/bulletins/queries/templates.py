"""The Word files by which a unit lays out its papers: which are in force, and the one that was at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhitong.domain.bulletins.models import PaperTemplate
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.templating import TEMPLATED
from zhitong.domain.organisations.queries import officials_only, person_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.official.fillable import required_fields
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kind of paper and the unit's own file for it; without one `name` is empty and the system's layout is used."""

    kind: PaperKind
    required: tuple[str, ...]
    name: str = ""
    who: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A Word file under its name."""

    name: str
    content: bytes


def templates_of(viewer: Viewer) -> tuple[TemplateRow, ...]:
    """Every kind that may have a template, in the order of `TEMPLATED`, for the viewer's unit; two queries.

    Raises NotFound: the viewer makes no papers.
    """
    must_make_papers(viewer)
    standing = PaperTemplate.objects.filter(unit_id=viewer.unit_id, until_at__isnull=True)
    kept = {PaperKind(one.kind): one for one in standing.defer("body")}
    names = person_names({one.person_id for one in kept.values() if one.person_id})
    rows = []
    for kind, style in TEMPLATED.items():
        one = kept.get(kind)
        named = (one.name, names.get(one.person_id, "") if one.person_id else "", one.from_at) if one else ()
        rows.append(TemplateRow(kind, required_fields(style), *named))
    return tuple(rows)


def template_file(viewer: Viewer, kind: PaperKind) -> TemplateFile:
    """The unit's own file for a kind, or where it has none a sample in the standard's layout to begin with.

    Raises NotFound: the viewer makes no papers, or the kind takes no template.
    """
    must_make_papers(viewer)
    if kind not in TEMPLATED:
        raise NotFound
    kept = PaperTemplate.objects.filter(unit_id=viewer.unit_id, kind=kind.value, until_at__isnull=True).first()
    if kept is not None:
        return TemplateFile(kept.name, bytes(kept.body))
    return sample_file(kind)


def sample_file(kind: PaperKind) -> TemplateFile:
    """A sample of a kind. Raises NotFound: the kind takes no template."""
    if kind not in TEMPLATED:
        raise NotFound
    from zhitong.kit.official.samples import sample  # python-docx takes its time to load

    return TemplateFile(f"{kind.label}样板.docx", sample(TEMPLATED[kind]))


def template_in_force(unit_id: UUID | None, kind: PaperKind, at: datetime) -> bytes | None:
    """The file by which a unit laid out a kind at a moment; None where it had none. One query."""
    if unit_id is None or kind not in TEMPLATED:
        return None
    in_force = Q(until_at__isnull=True) | Q(until_at__gt=at)
    body = PaperTemplate.objects.filter(in_force, unit_id=unit_id, kind=kind.value, from_at__lte=at).values_list("body", flat=True)
    found = body.order_by("-from_at").first()
    return None if found is None else bytes(found)


def must_make_papers(viewer: Viewer) -> None:
    """Raises NotFound: the viewer is no official, or of a post that handles nothing."""
    officials_only(viewer)
    if not (viewer.may(Permission.HANDLE) or viewer.may(Permission.DISPATCH)):
        raise NotFound
