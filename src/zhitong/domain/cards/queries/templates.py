"""Templates as the rules read them; a published version never changes, so a process reads each once."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from zhitong.domain.cards.models import TemplateRow
from zhitong.domain.cards.rules.asking import asked_of
from zhitong.domain.cards.rules.templates import Template, template_of


@lru_cache(maxsize=64)
def template(template_id: UUID) -> Template:
    """The template with this id; one query the first time."""
    return template_of(TemplateRow.objects.values_list("definition", flat=True).get(id=template_id))


@lru_cache(maxsize=256)
def template_asked(template_id: UUID, lists: tuple[str, ...]) -> Template:
    """What of the template is asked of a subject that stood on lists of these codes when the round opened."""
    return asked_of(template(template_id), lists)
