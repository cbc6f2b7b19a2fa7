"""Alike names by index, for rows behind the wall too: who may see a row that is found is asked when it is read.

The row policies stand before an index whose operator is not leakproof, so the ids are found by a function of the owner.
"""

from collections import defaultdict

from django.db import migrations

from zhitong.domain.subjects.rules.names import key_of
from zhitong.kit.wall import guard

FUNCTIONS = """
CREATE FUNCTION subjects_pairs(key text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT coalesce(array_agg(DISTINCT substr(key, place, 2)), '{}') FROM generate_series(1, length(key) - 1) AS place $$;
CREATE INDEX subjects_by_pairs ON subjects_subject USING gin (subjects_pairs(name_key))
    WITH (fastupdate = off) WHERE ended_on IS NULL;
CREATE FUNCTION subjects_alike(names text[], keys text[], probes text[], codes text[], phones text[], roots uuid[])
    RETURNS TABLE (place bigint, subject uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT asked.place, found.id
       FROM unnest(names, keys, probes, codes, phones, roots) WITH ORDINALITY
            AS asked (name, key, probes, code, phone, root, place)
       CROSS JOIN LATERAL (
           SELECT id FROM subjects_subject WHERE code = asked.code AND ended_on IS NULL
           UNION SELECT id FROM subjects_subject WHERE name = asked.name AND ended_on IS NULL
           UNION SELECT id FROM subjects_subject WHERE name_key = asked.key AND asked.key <> '' AND ended_on IS NULL
           UNION SELECT id FROM subjects_subject
               WHERE contact_phone = asked.phone AND contact_phone <> '' AND ended_on IS NULL
           UNION SELECT one.id FROM subjects_subject one
               WHERE subjects_pairs(one.name_key) && string_to_array(asked.probes, ' ') AND one.ended_on IS NULL
                 AND EXISTS (SELECT 1 FROM organisations_region_within within
                             WHERE within.region_id = one.region_id AND within.ancestor_id = asked.root)
       ) AS found $$;
"""
GONE = """
DROP FUNCTION subjects_alike(text[], text[], text[], text[], text[], uuid[]);
DROP INDEX subjects_by_pairs;
DROP FUNCTION subjects_pairs(text);
"""
SEEN = """
    asked_by_id = (SELECT organisations_viewer_unit()) OR decider_id = (SELECT organisations_viewer_unit())
    OR EXISTS (SELECT 1 FROM subjects_subject subject WHERE subject.id = subjects_removal.subject_id)
"""
WRITTEN = "subjects_in_viewers_territory(subject_id)"


def keep_keys(apps, schema_editor):
    """Give the rows that are there the keys of their names."""
    subjects, regions = apps.get_model("subjects", "Subject"), apps.get_model("organisations", "Region")
    within = apps.get_model("organisations", "RegionWithin")
    names = {row["id"]: (row["name"], row["short"]) for row in regions.objects.values("id", "name", "short")}
    places = defaultdict(list)
    for region_id, ancestor_id in within.objects.values_list("region_id", "ancestor_id"):
        places[region_id] += names[ancestor_id]
    rows = list(subjects.objects.filter(name_key="").only("id", "name", "region_id"))
    for row in rows:
        row.name_key = key_of(row.name, places[row.region_id])
    subjects.objects.bulk_update(rows, ["name_key"], batch_size=1000)


class Migration(migrations.Migration):
    """Finding alike names, and the row policy of removals."""

    dependencies = [("subjects", "0007_register")]

    operations = [
        migrations.RunPython(keep_keys, migrations.RunPython.noop),
        migrations.RunSQL(FUNCTIONS, GONE),
        guard("subjects_removal", seen=SEEN, added=WRITTEN, changed=WRITTEN),
    ]
