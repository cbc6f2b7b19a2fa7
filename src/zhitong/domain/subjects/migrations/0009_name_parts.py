"""Alike names by lists that can be read in part: what many names share is counted no further than a hundred.

An index of arrays reads a whole list before it gives the first row of it, so a sheet whose names all share a pair of signs
was compared in quadratic time. Here every pair of signs of a name, and its whole key, stands in a table of its own, within
the region of the second level; the triggers keep it, nobody else reads or writes it.
"""

from django.db import migrations, models
from django.db.models import Q

OWN = """
CREATE TABLE subjects_name_part (
    part text NOT NULL, tree_id uuid NOT NULL, subject_id uuid NOT NULL, PRIMARY KEY (part, tree_id, subject_id)
);
REVOKE ALL ON subjects_name_part FROM zhitong_web, zhitong_worker;

CREATE FUNCTION subjects_tree(region uuid) RETURNS uuid LANGUAGE sql STABLE AS
    $$ SELECT within.ancestor_id FROM organisations_region_within within WHERE within.region_id = region
       ORDER BY within.depth DESC
       OFFSET (SELECT least(1, max(other.depth)) FROM organisations_region_within other WHERE other.region_id = region) LIMIT 1 $$;

CREATE FUNCTION subjects_parts(key text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT unnest(subjects_pairs(key)) UNION SELECT key WHERE key <> '' $$;

CREATE FUNCTION subjects_keep_new_parts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    INSERT INTO subjects_name_part
        SELECT part, place.tree_id, one.id
        FROM added one
        JOIN (SELECT region_id, subjects_tree(region_id) AS tree_id FROM (SELECT DISTINCT region_id FROM added) region) place
            ON place.region_id = one.region_id
        CROSS JOIN LATERAL subjects_parts(one.name_key) AS part
        WHERE one.ended_on IS NULL
        ORDER BY 1, 2, 3;
    RETURN NULL;
END $$;

CREATE FUNCTION subjects_keep_parts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    DELETE FROM subjects_name_part kept USING subjects_parts(OLD.name_key) AS before (part)
        WHERE kept.part = before.part AND kept.tree_id = subjects_tree(OLD.region_id) AND kept.subject_id = OLD.id;
    INSERT INTO subjects_name_part SELECT part, subjects_tree(NEW.region_id), NEW.id FROM subjects_parts(NEW.name_key) AS part
        WHERE NEW.ended_on IS NULL ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER parts_of_new AFTER INSERT ON subjects_subject REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION subjects_keep_new_parts();
CREATE TRIGGER parts_of_changed AFTER UPDATE OF name_key, region_id, ended_on ON subjects_subject FOR EACH ROW
    WHEN ((OLD.name_key, OLD.region_id, OLD.ended_on IS NULL) IS DISTINCT FROM (NEW.name_key, NEW.region_id, NEW.ended_on IS NULL))
    EXECUTE FUNCTION subjects_keep_parts();

CREATE FUNCTION subjects_follow_regions() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE moved uuid[]; BEGIN
    SELECT array_agg(region_id) INTO moved
        FROM (SELECT DISTINCT ON (region_id) region_id, id, name_key FROM subjects_subject
              WHERE ended_on IS NULL AND name_key <> '' ORDER BY region_id) one
        WHERE NOT EXISTS (SELECT FROM subjects_name_part kept WHERE kept.part = one.name_key
                          AND kept.tree_id = subjects_tree(one.region_id) AND kept.subject_id = one.id);
    IF moved IS NULL THEN RETURN 0; END IF;
    DELETE FROM subjects_name_part WHERE subject_id IN (SELECT id FROM subjects_subject WHERE region_id = ANY (moved));
    INSERT INTO subjects_name_part
        SELECT part, place.tree_id, one.id
        FROM (SELECT region_id, subjects_tree(region_id) AS tree_id FROM unnest(moved) AS region_id) place
        JOIN subjects_subject one ON one.region_id = place.region_id AND one.ended_on IS NULL
        CROSS JOIN LATERAL subjects_parts(one.name_key) AS part
        ORDER BY 1, 2, 3;
    RETURN cardinality(moved);
END $$;
REVOKE ALL ON FUNCTION subjects_follow_regions() FROM PUBLIC, zhitong_web, zhitong_worker;
SELECT subjects_follow_regions();

DROP FUNCTION subjects_alike(text[], text[], text[], text[], text[], uuid[]);
DROP INDEX subjects_by_pairs;
CREATE FUNCTION subjects_named_like(key text, few integer, many integer, tree uuid, before uuid)
    RETURNS SETOF uuid LANGUAGE sql STABLE AS
    $$ SELECT found.id
       FROM (SELECT part, ids, row_number() OVER (ORDER BY cardinality(ids), part) AS place,
                    bool_or(part = left(key, 2) AND cardinality(ids) < 100) OVER () AS begins_rare
             FROM (SELECT pairs.part, ARRAY(
                       SELECT kept.subject_id FROM subjects_name_part kept
                       WHERE kept.part = pairs.part AND kept.tree_id = tree AND kept.subject_id < before
                       ORDER BY kept.subject_id DESC LIMIT 100) AS ids
                   FROM unnest(subjects_pairs(key)) AS pairs (part) OFFSET 0) AS list) AS listed
       CROSS JOIN LATERAL unnest(listed.ids) AS found (id)
       WHERE place <= few OR CASE WHEN begins_rare THEN part = left(key, 2) ELSE place <= many END
       GROUP BY found.id ORDER BY sum(1.0::float / cardinality(listed.ids)) DESC, found.id DESC LIMIT 100 $$;
CREATE FUNCTION subjects_alike(
    names text[], keys text[], few integer[], many integer[], codes text[], phones text[], trees uuid[], before uuid
) RETURNS TABLE (place bigint, subject uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT asked.place, found.id
       FROM unnest(names, keys, few, many, codes, phones, trees) WITH ORDINALITY
            AS asked (name, key, few, many, code, phone, tree, place)
       CROSS JOIN LATERAL (
           SELECT id FROM subjects_subject WHERE code = asked.code AND ended_on IS NULL
           UNION (SELECT id FROM subjects_subject
                  WHERE name = asked.name AND ended_on IS NULL AND id < before ORDER BY id DESC LIMIT 100)
           UNION (SELECT id FROM subjects_subject
                  WHERE contact_phone = asked.phone AND contact_phone <> '' AND ended_on IS NULL AND id < before
                  ORDER BY id DESC LIMIT 100)
           UNION (SELECT kept.subject_id FROM subjects_name_part kept
                  WHERE kept.part = asked.key AND kept.tree_id = asked.tree AND kept.subject_id < before
                  ORDER BY kept.subject_id DESC LIMIT 100)
           UNION SELECT id FROM subjects_named_like(asked.key, asked.few, asked.many, asked.tree, before) AS id
       ) AS found WHERE found.id < before $$;
"""
GONE = """
DROP FUNCTION subjects_alike(text[], text[], integer[], integer[], text[], text[], uuid[], uuid);
DROP FUNCTION subjects_named_like(text, integer, integer, uuid, uuid);
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
DROP FUNCTION subjects_follow_regions();
DROP TRIGGER parts_of_changed ON subjects_subject;
DROP TRIGGER parts_of_new ON subjects_subject;
DROP FUNCTION subjects_keep_parts();
DROP FUNCTION subjects_keep_new_parts();
DROP FUNCTION subjects_parts(text);
DROP FUNCTION subjects_tree(uuid);
DROP TABLE subjects_name_part;
"""


class Migration(migrations.Migration):
    """Finding alike names among many that share their signs."""

    dependencies = [("subjects", "0008_alike_names"), ("organisations", "0006_phone")]

    operations = [
        migrations.RemoveIndex("subject", "subjects_by_name"),
        migrations.RemoveIndex("subject", "subjects_by_phone"),
        migrations.AddIndex(
            "subject", models.Index(fields=["name", "id"], condition=Q(ended_on__isnull=True), name="subjects_by_name")
        ),
        migrations.AddIndex(
            "subject",
            models.Index(
                fields=["contact_phone", "id"], condition=Q(ended_on__isnull=True) & ~Q(contact_phone=""),
                name="subjects_by_phone",
            ),
        ),
        migrations.RunSQL(OWN, GONE),
    ]
