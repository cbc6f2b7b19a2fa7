"""Who sees what stands beside rounds and cards: whoever sees the obligation or the card; flags are for offices alone."""

from django.db import migrations

from zhitong.kit.wall import guard


def beside(table: str, above: str, key: str) -> str:
    """What stands beside an obligation or a card is seen with it: the policies of that table hold inside."""
    return f"EXISTS (SELECT 1 FROM {above} above WHERE above.id = {table}.{key})"


def with_obligation(table: str) -> str:
    """Seen with its obligation."""
    return beside(table, "cards_obligation", "obligation_id")


def with_card(table: str) -> str:
    """Seen with its card."""
    return beside(table, "cards_card", "card_id")


OFFICES = """(SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
    SELECT 1 FROM organisations_region_within above
    WHERE above.region_id = cards_flag.region_id AND above.ancestor_id = (SELECT organisations_viewer_region()))"""


class Migration(migrations.Migration):
    """Row-level policies of what rounds added."""

    dependencies = [("cards", "0005_rounds")]

    operations = [
        guard("cards_obligation_list", seen=with_obligation("cards_obligation_list")),
        guard("cards_excuse", seen=with_obligation("cards_excuse")),
        guard("cards_reminder", seen=with_obligation("cards_reminder")),
        guard("cards_acceptance", seen=with_card("cards_acceptance")),
        guard("cards_correction", seen=with_card("cards_correction")),
        guard("cards_trace", seen=with_card("cards_trace")),
        guard("cards_flag", seen=OFFICES),
    ]
