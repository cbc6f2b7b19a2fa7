"""A card on paper, for the firm and for the office: title, table of its fields, problems, and lines to sign on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhitong.domain.cards.queries import card
from zhitong.kit import clock
from zhitong.web.cards.raised import raised_problems
from zhitong.web.cards.telling import paper_sections


@require_GET
def paper(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """The card as far as the viewer may see it, laid out for A4.

    Raises NotFound: it is not there for this viewer.
    """
    found = card(request.viewer, card_id, today=clock.today())
    context = {
        "card": found,
        "sections": paper_sections(found.sections) if found.sections is not None else None,
        "raised": raised_problems(request.viewer, found.rows),
        "printed_at": clock.now(),
    }
    return render(request, "cards/paper.html", context)
