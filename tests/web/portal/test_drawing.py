"""Every card that ships is drawn whole, for every kind of subject."""

from __future__ import annotations

from datetime import date

import pytest
from django.template.loader import render_to_string

from tests.cast import acting
from zhitong.domain.cards.models import TemplateRow
from zhitong.domain.cards.queries import CardToFill, FieldToFill, SectionToFill
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.cards.rules.templates import Template, template_of
from zhitong.kit.ids import uuid7
from zhitong.web.portal.asked import card_form

pytestmark = pytest.mark.django_db


def shipped(kind: str) -> Template:
    """The card that ships for a kind of subject."""
    with acting("firm"):
        return template_of(TemplateRow.objects.values_list("definition", flat=True).get(subject_kind=kind))


def card_of(form: Template) -> CardToFill:
    """An empty card of a template."""
    sections = tuple(
        SectionToFill(one, tuple(FieldToFill(field, "", "") for field in one.fields)) for one in form.sections
    )
    return CardToFill(
        round_id=uuid7(), subject_id=uuid7(), subject_name="演示企业", round_name="2018年4月", due_on=date(2018, 4, 28),
        locked_on=date(2018, 5, 10), collector="演示办公室", template=form, card_id=None, state=ObligationState.MISSING,
        version=0, return_reason="", saved_at=None, submitted_at=None, last_round="", is_late=False, may_draft=True,
        may_submit=True, sections=sections, rows=(), new_rows=(),
    )


@pytest.mark.parametrize("kind", ["industry", "services", "tech_sme"])
def test_each_field_has_its_name_its_label_and_its_choices(kind: str) -> None:
    card = card_of(shipped(kind))

    asked = card_form(card, more_rows=1)

    drawn = [*(one for section in asked.sections for one in section.fields), *asked.rows[0].fields, *asked.rows[0].more]
    assert len(drawn) == sum(1 for _ in card.template.fields()) + len(card.template.problems.fields)
    for one in drawn:
        page = render_to_string("portal/field.html", {"asked": one, "card": card})
        assert f'name="{one.name}"' in page
        assert one.field.label in page
        assert all(f'value="{option.code}"' in page and option.label in page for option in one.field.options)
