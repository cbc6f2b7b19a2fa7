"""One keeper of a line at a time, the directory's version, and what policies ask about the viewer."""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER

VIEWER = """
CREATE FUNCTION organisations_viewer_unit() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('zhitong.unit', true), '')::uuid $$;
CREATE FUNCTION organisations_viewer_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('zhitong.person', true), '')::uuid $$;
CREATE FUNCTION organisations_viewer_region() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('zhitong.region', true), '')::uuid $$;
CREATE FUNCTION organisations_viewer_reach() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(current_setting('zhitong.reach', true), '') $$;
CREATE FUNCTION organisations_viewer_lines() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(nullif(current_setting('zhitong.lines', true), ''), '{}')::uuid[] $$;
"""
GONE = """
DROP FUNCTION organisations_viewer_unit(); DROP FUNCTION organisations_viewer_person();
DROP FUNCTION organisations_viewer_region(); DROP FUNCTION organisations_viewer_reach();
DROP FUNCTION organisations_viewer_lines();
"""


class Migration(migrations.Migration):
    """The database's own part of the organisation's law."""

    dependencies = [("organisations", "0001_organisations"), ("tallies", "0001_tallies")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.RunSQL(
            "ALTER TABLE organisations_line_kept ADD CONSTRAINT organisations_one_keeper EXCLUDE USING gist"
            " (region_id WITH =, line_id WITH =, daterange(since, until, '[)') WITH &&)",
            "ALTER TABLE organisations_line_kept DROP CONSTRAINT organisations_one_keeper",
        ),
        migrations.RunSQL(
            f"CREATE SEQUENCE organisations_version; GRANT SELECT ON organisations_version TO {WEB}, {WORKER}",
            "DROP SEQUENCE organisations_version",
        ),
        migrations.RunSQL(VIEWER, GONE),
    ]
