"""Who sees a card, who sees its figures, its problem rows and its draft: the second wall of the room.

A card and its obligation: the subject's own unit, the units that care for the subject, and bodies that see the whole
of a region holding it. Figures: the own unit, the caring units and the office that collects. A problem row that the
firm wants confidential: the own unit alone; its handlers see the problem, not the card. A draft: the own unit alone.
"""

from django.db import migrations

from zhitong.kit.wall import guard

VIEWER = "(SELECT organisations_viewer_unit())"
OFFICES = """((SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
    SELECT 1 FROM organisations_region_within above
    WHERE above.region_id = {table}.region_id AND above.ancestor_id = (SELECT organisations_viewer_region())))"""
CARING = f"""EXISTS (
    SELECT 1 FROM subjects_care care
    WHERE care.subject_id = {{table}}.subject_id AND care.unit_id = {VIEWER} AND care.until IS NULL)"""

OBLIGATION = f"""EXISTS (
    SELECT 1 FROM subjects_subject subject
    WHERE subject.id = cards_obligation.subject_id AND subject.unit_id = {VIEWER}
) OR {OFFICES} OR {CARING}""".format(table="cards_obligation")
CARD = f"reporter_unit_id = {VIEWER} OR {OFFICES} OR {CARING}".format(table="cards_card")


def of_card(table: str, seen: str) -> str:
    """What belongs to a card is seen with the card, and only when more holds."""
    return f"EXISTS (SELECT 1 FROM cards_card card WHERE card.id = {table}.card_id AND ({seen}))"


FIGURES = of_card(
    "cards_figures",
    f"card.reporter_unit_id = {VIEWER} OR card.collecting_unit_id = {VIEWER} OR {CARING.format(table='card')}",
)
ROW = of_card("cards_problem_row", f"NOT cards_problem_row.confidential OR card.reporter_unit_id = {VIEWER}")
DRAFT = of_card("cards_draft", f"card.reporter_unit_id = {VIEWER}")


class Migration(migrations.Migration):
    """Row-level policies of the cards room."""

    dependencies = [("cards", "0001_cards")]

    operations = [
        guard("cards_obligation", seen=OBLIGATION),
        guard("cards_card", seen=CARD),
        guard("cards_figures", seen=FIGURES),
        guard("cards_problem_row", seen=ROW),
        guard("cards_draft", seen=DRAFT),
    ]
