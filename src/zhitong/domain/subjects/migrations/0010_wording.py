"""The served found by words: the functions that take words apart and find the newest rows that hold them, for the rooms
above too, and the words of the registry in a table of its own, which only the owner's functions read.

A row policy stands before every condition that is not leakproof, so no index serves words under it: the ids come from a
function of the owner that asks who is looking. And acts rewrite the registry's rows often: the words, a hundred keys in
an index of arrays, stand beside them and are written only when they change. docs/decisions/0031.
"""

from django.db import migrations, models

from zhitong.domain.subjects.rules.names import initials_of

WORDS = r"""
CREATE FUNCTION wording_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT btrim(regexp_replace(lower(normalize(said, NFKC)),
           '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\ufe00-\ufe0f]+', ' ', 'g')) $$;

CREATE FUNCTION wording_signs(plain text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT ARRAY(SELECT sign || other FROM (SELECT string_to_array(plain, NULL) AS signs) AS written,
                           unnest(written.signs, written.signs[2:]) AS neighbours (sign, other)
                    WHERE sign <> ' ' AND other <> ' ') $$;

CREATE FUNCTION wording_patterns(phrases text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT array_agg('%' || wording_plain(phrase) || '%') FROM unnest(phrases) AS phrase $$;

CREATE FUNCTION wording_newest(
    source regclass, phrases text[], within uuid[], among uuid[], in_names boolean, without_hidden boolean, most integer
) RETURNS TABLE (thing uuid, is_named boolean) LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp SET enable_seqscan = off SET jit = off AS
$$ DECLARE
    spot text := CASE WHEN in_names THEN 'name' ELSE 'words' END;
    signs text[] := wording_signs(array_to_string(phrases, ' '));
    patterns text[] := wording_patterns(phrases);
    newest integer := pg_sequence_last_value(pg_get_serial_sequence(source::text, 'place')) >> 14;
    oldest integer;
    width integer := 1;
    missing integer := most;
    gained integer;
    is_rest boolean;
    statement text;
BEGIN
    IF cardinality(signs) = 0 OR newest IS NULL THEN RETURN; END IF;
    LOOP
        oldest := newest - width + 1;
        is_rest := oldest <= 0;
        statement := format('WITH hit AS MATERIALIZED (SELECT thing, place, name LIKE ALL ($2) AS is_named FROM %s'
            ' WHERE wording_signs(%I) @> $1 AND %I LIKE ALL ($2) AND place >> 14 <= $6', source, spot, spot)
            || CASE WHEN is_rest THEN '' ELSE ' AND ARRAY[(place >> 14)::integer] && $5' END
            || CASE WHEN cardinality(within) = 0 THEN '' ELSE ' AND places @> $3' END
            || CASE WHEN among IS NULL THEN '' ELSE ' AND places && $4' END
            || CASE WHEN without_hidden THEN ' AND NOT hidden' ELSE '' END
            || ') SELECT thing, is_named FROM hit ORDER BY place DESC LIMIT $7';
        RETURN QUERY EXECUTE statement
            USING signs, patterns, within, among, ARRAY(SELECT generate_series(oldest, newest)), newest, missing;
        GET DIAGNOSTICS gained = ROW_COUNT;
        missing := missing - gained;
        EXIT WHEN is_rest OR missing <= 0;
        newest := oldest - 1;
        IF gained::bigint * (newest + 1) <= 3::bigint * missing * width THEN
            width := newest + 1;
        ELSE
            width := greatest(2, ceil(1.2 * missing * width / gained)::integer);
        END IF;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION wording_newest(regclass, text[], uuid[], uuid[], boolean, boolean, integer)
    FROM PUBLIC, zhitong_web, zhitong_worker;
"""
NO_WORDS = """
DROP FUNCTION wording_newest(regclass, text[], uuid[], uuid[], boolean, boolean, integer);
DROP FUNCTION wording_patterns(text[]);
DROP FUNCTION wording_signs(text);
DROP FUNCTION wording_plain(text);
"""
TABLE = """
CREATE TABLE subjects_wording (
    thing uuid PRIMARY KEY, place bigint GENERATED ALWAYS AS IDENTITY, words text NOT NULL, name text NOT NULL,
    former text NOT NULL DEFAULT '', places uuid[] NOT NULL
) WITH (fillfactor = 90);
REVOKE ALL ON subjects_wording FROM zhitong_web, zhitong_worker;

CREATE FUNCTION subjects_words(name text, code text, initials text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT wording_plain(concat_ws(' ', name, code, initials)) $$;

INSERT INTO subjects_wording (thing, words, name, places)
    SELECT one.id, subjects_words(one.name, one.code, one.initials), wording_plain(one.name), ARRAY(
        SELECT ancestor_id FROM organisations_region_within WHERE region_id = one.region_id)
    FROM subjects_subject one ORDER BY one.id;
CREATE INDEX subjects_wording_signs ON subjects_wording
    USING gin (wording_signs(words), wording_signs(name), places, (ARRAY[(place >> 14)::integer])) WITH (fastupdate = off);
ALTER INDEX subjects_wording_signs ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX subjects_wording_signs ALTER COLUMN 2 SET STATISTICS 0;

CREATE FUNCTION subjects_keep_new_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    INSERT INTO subjects_wording (thing, words, name, places)
        SELECT one.id, subjects_words(one.name, one.code, one.initials), wording_plain(one.name), place.ids
        FROM added one JOIN (
            SELECT region_id, array_agg(ancestor_id) AS ids FROM organisations_region_within
            WHERE region_id IN (SELECT region_id FROM added) GROUP BY region_id) place ON place.region_id = one.region_id
        ORDER BY one.id;
    RETURN NULL;
END $$;
CREATE FUNCTION subjects_keep_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    UPDATE subjects_wording kept SET
        former = told.former, name = wording_plain(NEW.name),
        words = concat_ws(' ', subjects_words(NEW.name, NEW.code, NEW.initials), nullif(told.former, '')),
        places = ARRAY(SELECT ancestor_id FROM organisations_region_within WHERE region_id = NEW.region_id)
    FROM (SELECT CASE WHEN one.name = wording_plain(NEW.name) THEN one.former
                      ELSE concat_ws(' ', one.name, wording_plain(OLD.initials), nullif(one.former, '')) END AS former
          FROM subjects_wording one WHERE one.thing = NEW.id) told
    WHERE kept.thing = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION subjects_drop_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN DELETE FROM subjects_wording WHERE thing = OLD.id; RETURN NULL; END $$;

CREATE TRIGGER words_of_new AFTER INSERT ON subjects_subject REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION subjects_keep_new_words();
CREATE TRIGGER words_of_changed AFTER UPDATE OF name, code, initials, region_id ON subjects_subject FOR EACH ROW
    WHEN ((OLD.name, OLD.code, OLD.initials, OLD.region_id) IS DISTINCT FROM (NEW.name, NEW.code, NEW.initials, NEW.region_id))
    EXECUTE FUNCTION subjects_keep_words();
CREATE TRIGGER words_of_gone AFTER DELETE ON subjects_subject FOR EACH ROW EXECUTE FUNCTION subjects_drop_words();

CREATE FUNCTION subjects_moved_words() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE moved integer; BEGIN
    WITH place AS (
        SELECT within.region_id, array_agg(within.ancestor_id) AS ids FROM organisations_region_within within GROUP BY 1
    ), elsewhere AS (
        SELECT place.region_id, place.ids
        FROM place CROSS JOIN LATERAL (SELECT id FROM subjects_subject WHERE region_id = place.region_id LIMIT 1) sample
        JOIN subjects_wording kept ON kept.thing = sample.id
        WHERE NOT (kept.places @> place.ids AND cardinality(kept.places) = cardinality(place.ids))
    )
    UPDATE subjects_wording kept SET places = elsewhere.ids
    FROM elsewhere JOIN subjects_subject one ON one.region_id = elsewhere.region_id WHERE kept.thing = one.id;
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END $$;
REVOKE ALL ON FUNCTION subjects_moved_words() FROM PUBLIC, zhitong_web, zhitong_worker;

CREATE FUNCTION subjects_worded(phrases text[], narrow uuid, most integer) RETURNS TABLE (subject uuid, grade integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    IF organisations_viewer_reach() NOT IN ('subtree', 'line') THEN RETURN; END IF;
    RETURN QUERY SELECT found.thing, CASE WHEN found.is_named THEN 1 ELSE 2 END
        FROM wording_newest('subjects_wording', phrases, array_remove(ARRAY[narrow, (
            SELECT organisations_viewer_region() WHERE EXISTS (
                SELECT FROM organisations_region_within WHERE region_id = organisations_viewer_region() AND depth > 0))], NULL),
            NULL, false, false, most) AS found;
    RETURN QUERY SELECT one.thing, CASE WHEN one.name LIKE ALL (wording_patterns(phrases)) THEN 1 ELSE 2 END
        FROM subjects_care care JOIN subjects_wording one ON one.thing = care.subject_id
        WHERE care.unit_id = organisations_viewer_unit() AND care.until IS NULL AND one.words LIKE ALL (wording_patterns(phrases))
          AND (narrow IS NULL OR one.places @> ARRAY[narrow]) LIMIT most;
END $$;
"""
NO_TABLE = """
DROP FUNCTION subjects_worded(text[], uuid, integer);
DROP FUNCTION subjects_moved_words();
DROP TRIGGER words_of_gone ON subjects_subject;
DROP TRIGGER words_of_changed ON subjects_subject;
DROP TRIGGER words_of_new ON subjects_subject;
DROP FUNCTION subjects_drop_words();
DROP FUNCTION subjects_keep_words();
DROP FUNCTION subjects_keep_new_words();
DROP TABLE subjects_wording;
DROP FUNCTION subjects_words(text, text, text);
"""


def keep_initials(apps, schema_editor):
    """Give the rows that are there the initials of their names."""
    subjects = apps.get_model("subjects", "Subject")
    rows = list(subjects.objects.filter(initials="").only("id", "name"))
    for row in rows:
        row.initials = initials_of(row.name)
    subjects.objects.bulk_update(rows, ["initials"], batch_size=1000)


class Migration(migrations.Migration):
    """Finding the served by words, codes and initials."""

    dependencies = [("subjects", "0009_name_parts")]

    operations = [
        migrations.AddField("subject", "initials", models.CharField(max_length=120, blank=True, default="")),
        migrations.RunPython(keep_initials, migrations.RunPython.noop),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(TABLE, NO_TABLE),
    ]
