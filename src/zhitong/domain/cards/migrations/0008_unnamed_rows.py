"""A problem row may be the unnamed one of its firm; then the firm alone sees it on the card, as with a confidential one."""

from importlib import import_module

from django.db import migrations, models

_wall = import_module("zhitong.domain.cards.migrations.0002_wall")
UNNAMED_TOO = _wall.of_card(
    "cards_problem_row",
    f"NOT (cards_problem_row.confidential OR cards_problem_row.unnamed) OR card.reporter_unit_id = {_wall.VIEWER}",
)


def _policies(seen: str) -> str:
    return (
        f"ALTER POLICY seen ON cards_problem_row USING ({seen});"
        f" ALTER POLICY changed ON cards_problem_row USING ({seen}) WITH CHECK ({seen});"
        f" ALTER POLICY removed ON cards_problem_row USING ({seen});"
        f" ALTER POLICY added ON cards_problem_row WITH CHECK ({seen});"
    )


class Migration(migrations.Migration):
    """隐名办理 on a card's problem rows (R-F13)."""

    dependencies = [("cards", "0007_form")]

    operations = [
        migrations.AddField("problemrow", "unnamed", models.BooleanField(default=False)),
        migrations.RunSQL(_policies(UNNAMED_TOO), _policies(_wall.ROW)),
    ]
