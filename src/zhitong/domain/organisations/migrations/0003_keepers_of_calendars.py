"""Who may write into calendars: the office in charge of a place, a unit into its own, the highest office into the year."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION organisations_keeps_calendar_of(owner uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(owner = organisations_viewer_unit() OR organisations_viewer_unit() = (
        SELECT office.id FROM organisations_region_within within
        JOIN organisations_unit office ON office.region_id = within.ancestor_id
            AND office.kind = 'campaign_office' AND office.ended_on IS NULL
        WHERE within.region_id = coalesce((SELECT unit.region_id FROM organisations_unit unit WHERE unit.id = owner), owner)
        ORDER BY within.depth LIMIT 1), false) $$;
CREATE FUNCTION organisations_keeps_the_year() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (
        SELECT 1 FROM organisations_unit office
        WHERE office.id = organisations_viewer_unit() AND office.kind = 'campaign_office' AND NOT EXISTS (
            SELECT 1 FROM organisations_region_edge edge
            WHERE edge.region_id = office.region_id AND edge.relation = 'reporting' AND edge.until IS NULL)) $$;
"""
GONE = "DROP FUNCTION organisations_keeps_calendar_of(uuid); DROP FUNCTION organisations_keeps_the_year()"
_OWN, _PUBLIC = ("calendars_office_hours", "calendars_own_day"), ("calendars_published_year", "calendars_special_day")
_WRITING = (("added", "INSERT", "WITH CHECK"), ("changed", "UPDATE", "USING"), ("removed", "DELETE", "USING"))


def opened(table: str, allowed: str, kinds: tuple[tuple[str, str, str], ...]) -> str:
    """The policies of a table for these kinds of writing, replaced by what is allowed."""
    return "".join(
        f"DROP POLICY {name} ON {table};"
        f" CREATE POLICY {name} ON {table} FOR {kind} TO zhitong_web {clause} ({allowed});"
        for name, kind, clause in kinds
    )


class Migration(migrations.Migration):
    """The wall around calendars gets its doors."""

    dependencies = [("organisations", "0002_wall"), ("calendars", "0002_own_calendars")]

    operations = [
        migrations.RunSQL(FUNCTIONS, GONE),
        *(
            migrations.RunSQL(
                opened(table, "organisations_keeps_calendar_of(owner_id)", _WRITING[:1]),
                opened(table, "false", _WRITING[:1]),
            )
            for table in _OWN
        ),
        *(
            migrations.RunSQL(
                opened(table, "organisations_keeps_the_year()", _WRITING), opened(table, "false", _WRITING)
            )
            for table in _PUBLIC
        ),
    ]
