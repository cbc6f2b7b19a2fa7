"""Who keeps the security of a territory, though he sees nothing else of it, sees who waits at its doors."""

from django.db import migrations

SEES = """
    (SELECT organisations_viewer_reach()) = 'subtree'
    OR ((SELECT organisations_viewer_apart()) = 'all' AND coalesce(current_setting('zhitong.audit', true), '') <> 'on')
"""
BELOW = """
CREATE OR REPLACE FUNCTION accounts_below(someone uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT ({sees}) AND EXISTS (
        SELECT 1 FROM organisations_tenure tenure
        JOIN organisations_post post ON post.id = tenure.post_id
        JOIN organisations_unit unit ON unit.id = post.unit_id
        JOIN organisations_region_within within ON within.region_id = unit.region_id
        WHERE tenure.person_id = someone AND within.ancestor_id = (SELECT organisations_viewer_region()))
$$;
CREATE OR REPLACE FUNCTION accounts_at_root() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT ({sees}) AND NOT EXISTS (
        SELECT 1 FROM organisations_region_edge edge
        WHERE edge.region_id = (SELECT organisations_viewer_region()) AND edge.relation = 'reporting' AND edge.until IS NULL)
$$;
"""


class Migration(migrations.Migration):
    """The wall of accounts lets the security administrator in."""

    dependencies = [("accounts", "0003_identities"), ("organisations", "0009_apart_and_instead")]

    operations = [
        migrations.RunSQL(
            BELOW.format(sees=SEES), BELOW.format(sees="(SELECT organisations_viewer_reach()) = 'subtree'")
        ),
    ]
