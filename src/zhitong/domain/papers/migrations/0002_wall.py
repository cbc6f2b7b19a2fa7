"""The second wall of papers: an office sees its own whole; officials what was published in their territory and above it."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through
from zhitong.kit.wall import guard

UNIT = "(SELECT organisations_viewer_unit())"
OFFICIALS = "(SELECT organisations_viewer_reach()) IN ('subtree', 'line')"
AROUND = """(region_id IN (SELECT within.region_id FROM organisations_region_within within
                           WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
             OR region_id IN (SELECT within.ancestor_id FROM organisations_region_within within
                              WHERE within.region_id = (SELECT organisations_viewer_region())))"""
OWN = f"by_unit_id = {UNIT}"


def of_a_seen_paper(table: str, column: str = "paper_id") -> str:
    """The paper that a row hangs on is seen."""
    return f"EXISTS (SELECT 1 FROM papers_paper paper WHERE paper.id = {table}.{column})"


def of_an_own_paper(table: str) -> str:
    """The paper that a row hangs on is the unit's own."""
    return f"EXISTS (SELECT 1 FROM papers_paper paper WHERE paper.id = {table}.paper_id AND paper.by_unit_id = {UNIT})"


SEEN_BOTH = f"{of_a_seen_paper('papers_comparison', 'upper_id')} AND {of_a_seen_paper('papers_comparison', 'lower_id')}"


class Migration(migrations.Migration):
    """Row policies of the papers room."""

    dependencies = [("papers", "0001_papers"), ("organisations", "0002_wall"), ("files", "0002_wall")]

    operations = [
        guard("papers_paper", seen=f"{OWN} OR (state = 'published' AND {OFFICIALS} AND {AROUND})", added=OWN, changed=OWN),
        *(
            guard(table, seen=of_an_own_paper(table))
            for table in ("papers_reading", "papers_correction", "papers_judged", "papers_name_link")
        ),
        guard(
            "papers_edition", seen=of_a_seen_paper("papers_edition"), added=of_an_own_paper("papers_edition"),
            changed=of_an_own_paper("papers_edition"),
        ),
        guard("papers_comparison", seen=f"({OWN} OR is_open) AND {SEEN_BOTH}", added=f"{OWN} AND {SEEN_BOTH}", changed=OWN),
        seen_through("paper", "papers_paper"),
    ]
