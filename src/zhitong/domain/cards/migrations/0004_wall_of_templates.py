"""Who sees a template being drawn up, and that a published one never changes: its asking may only be ended."""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER, grant, guard

OWN = "unit_id = (SELECT organisations_viewer_unit())"
ABOVE = """((SELECT organisations_viewer_reach()) = 'subtree' AND EXISTS (
    SELECT 1 FROM organisations_region_within above
    WHERE above.region_id = cards_template_draft.region_id
      AND above.ancestor_id = (SELECT organisations_viewer_region())))"""
OFFICE = f"""{ABOVE} AND EXISTS (
    SELECT 1 FROM organisations_unit office
    WHERE office.id = (SELECT organisations_viewer_unit()) AND office.kind = 'campaign_office')"""
KEPT = "SELECT, INSERT, UPDATE (retired_at, retired_reason)"


class Migration(migrations.Migration):
    """Drafts: the own office, and campaign offices above may look. Templates: published once."""

    dependencies = [("cards", "0003_templates")]

    operations = [
        guard("cards_template_draft", seen=f"{OWN} OR ({OFFICE})", added=OWN, changed=OWN),
        grant("cards_template", web=KEPT, worker=KEPT),
        migrations.RunSQL(
            migrations.RunSQL.noop,
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON cards_template TO {WEB}, {WORKER}",
        ),
    ]
