"""Files uploaded with a card's form: stored as they come, beside their field or row, whatever else is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from zhitong.domain.cards.rules.checking import FILES_OF_A_ROW
from zhitong.domain.cards.rules.kinds import FILES, FieldKind
from zhitong.domain.cards.rules.templates import MOST_FILES, Field, Template
from zhitong.domain.files.actions import Taken, Upload, store_what_fits
from zhitong.domain.files.queries import waiting_files
from zhitong.kit import clock
from zhitong.web.portal.typed import Typed, row_name, rows_in, typed_in

UPLOAD = "upload."
"""Before the name of a field: what is uploaded into it now."""


def typed_with_files(request: HttpRequest, form: Template) -> Typed:
    """What was typed, with what was uploaded just now in its fields and a sentence for what could not be taken."""
    post, refusals = request.POST.copy(), {}
    for name, field in _takers(request.POST, form):
        sent = [one for one in request.FILES.getlist(UPLOAD + name) if isinstance(one, UploadedFile)]
        if not sent:
            continue
        taken = _store(request, sent, field, len(list(filter(None, post.getlist(name)))))
        for file in taken.files:
            post.appendlist(name, str(file.id))
        if taken.refusals:
            refusals[name] = "".join(taken.refusals)
    ids = [_id_in(one) for name, _field in _takers(request.POST, form) for one in post.getlist(name)]
    wanted = [one for one in ids if one]
    waiting = waiting_files(request.viewer.unit_id, wanted) if wanted else []
    return replace(typed_in(post, form), waiting=tuple(waiting), refusals=refusals)


def _takers(post: QueryDict, form: Template) -> Iterator[tuple[str, Field]]:
    """Every place of the form that takes files, by its name."""
    yield from ((one.code, one) for one in form.fields() if one.kind in FILES)
    yield from ((row_name(place, FILES_OF_A_ROW.code), FILES_OF_A_ROW) for place in range(rows_in(post, form)))


def _store(request: HttpRequest, sent: Sequence[UploadedFile], field: Field, already: int) -> Taken:
    most = MOST_FILES if field.most is None else int(field.most)
    room = max(most - already, 0)
    uploads = [Upload(one.name or "", one.size or 0, one) for one in sent[:room]]  # type: ignore[arg-type]
    stored = store_what_fits(
        uploads, actor=request.viewer.actor("web"), now=clock.now(), with_place=field.place
    ) if uploads else Taken()
    fitting = [one for one in stored.files if one.is_photo or field.kind is not FieldKind.PHOTO]
    others = [_("这里只收照片，“%s”不是照片，没有收下。") % one.name for one in stored.files if one not in fitting]
    beyond = [_("最多%(most)d个，“%(name)s”没有收下。") % {"most": most, "name": one.name} for one in sent[room:]]
    return Taken(fitting, [*stored.refusals, *others, *beyond])


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
