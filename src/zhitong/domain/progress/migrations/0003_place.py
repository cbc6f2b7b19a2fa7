"""A region's own place among its like (R-H9): worked out behind the wall, so that no figure of another region comes out."""

from django.db import migrations

PLACE = """
CREATE FUNCTION progress_place_of(asked uuid)
    RETURNS TABLE (place bigint, among bigint, on_course numeric, average numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH peers AS (
        SELECT peer.id FROM organisations_region peer
        JOIN organisations_region_edge edge ON edge.region_id = peer.id AND edge.relation = 'reporting' AND edge.until IS NULL
        JOIN organisations_region own ON own.id = asked AND own.rank = peer.rank
        WHERE edge.parent_id = (
            SELECT above.parent_id FROM organisations_region_edge above
            WHERE above.region_id = asked AND above.relation = 'reporting' AND above.until IS NULL)
    ), shares AS (
        SELECT standing.region_id, avg(CASE WHEN standing.light IN ('done', 'green') THEN 1.0 ELSE 0.0 END) AS share
        FROM progress_standing standing
        WHERE standing.is_newest AND standing.light IN ('done', 'green', 'amber', 'red')
          AND standing.region_id IN (SELECT peers.id FROM peers)
        GROUP BY standing.region_id
    ), placed AS (
        SELECT region_id, share, rank() OVER (ORDER BY share DESC) AS place, count(*) OVER () AS among,
               avg(share) OVER () AS average
        FROM shares
    )
    SELECT placed.place, placed.among, placed.share, placed.average FROM placed
    WHERE placed.region_id = asked AND placed.among >= 3
      AND organisations_viewer_reach() IN ('subtree', 'line')
      AND EXISTS (SELECT 1 FROM organisations_region_within within
                  WHERE within.region_id = asked AND within.ancestor_id = organisations_viewer_region())
$$
"""


class Migration(migrations.Migration):
    """The question of a region's own place."""

    dependencies = [("progress", "0002_wall")]

    operations = [
        migrations.RunSQL(
            f"{PLACE}; REVOKE ALL ON FUNCTION progress_place_of(uuid) FROM PUBLIC;"
            " GRANT EXECUTE ON FUNCTION progress_place_of(uuid) TO zhitong_web, zhitong_worker",
            "DROP FUNCTION progress_place_of(uuid)",
        ),
    ]
