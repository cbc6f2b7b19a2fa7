"""Files on a card filled in for the firm: who filled it in sees and keeps those it sent with it, never the firm's drafts."""

from django.db import migrations

from zhitong.kit.wall import WEB

OWN = """EXISTS (
    SELECT 1 FROM cards_card card
    WHERE card.id = cards_file.card_id AND card.reporter_unit_id = (SELECT organisations_viewer_unit()))"""
WITH_THE_FIGURES = """(sent_at IS NOT NULL AND dropped_at IS NULL AND EXISTS (
    SELECT 1 FROM cards_figures figures WHERE figures.card_id = cards_file.card_id))"""
FILLED_IN = """(sent_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM cards_card card
    WHERE card.id = cards_file.card_id AND card.filled_by = 'for_firm'
      AND card.filled_in_id = (SELECT organisations_viewer_unit())))"""


def policies(seen: str, touched: str) -> str:
    """The policies of the table, said anew."""
    return f"""
        ALTER POLICY seen ON cards_file TO {WEB} USING ({seen});
        ALTER POLICY changed ON cards_file TO {WEB} USING ({touched}) WITH CHECK ({touched});
        ALTER POLICY removed ON cards_file TO {WEB} USING ({touched});
        ALTER POLICY added ON cards_file TO {WEB} WITH CHECK ({touched});
    """


class Migration(migrations.Migration):
    """Row policies of a card's files, with who filled it in for the firm."""

    dependencies = [("cards", "0011_proof")]

    operations = [
        migrations.RunSQL(
            policies(f"{OWN} OR {WITH_THE_FIGURES} OR {FILLED_IN}", f"{OWN} OR {FILLED_IN}"),
            policies(f"{OWN} OR {WITH_THE_FIGURES}", OWN),
        ),
    ]
