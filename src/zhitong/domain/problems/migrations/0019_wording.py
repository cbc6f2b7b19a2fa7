"""Problems found by words and numbers: their words stand beside them and are read by the owner's function alone, which
asks who is looking. docs/decisions/0031.

A name that nobody may know is not among the words; the office that may know it finds it among the few unnamed ones.
"""

from django.db import migrations, models
from django.db.models import Q

OWN = r"""
CREATE TABLE problems_wording (
    thing uuid PRIMARY KEY, place bigint GENERATED ALWAYS AS IDENTITY, number text NOT NULL, words text NOT NULL,
    name text NOT NULL, places uuid[] NOT NULL, hidden boolean NOT NULL
);
REVOKE ALL ON problems_wording FROM zhitong_web, zhitong_worker;

CREATE FUNCTION problems_serial(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT ltrim(substring(number from '[0-9]*$'), '0') $$;
CREATE FUNCTION problems_words(unnamed boolean, name text, said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT wording_plain(CASE WHEN unnamed THEN '' ELSE name || ' ' END || said) $$;

INSERT INTO problems_wording (thing, number, words, name, places, hidden)
    SELECT one.id, wording_plain(one.number), problems_words(one.unnamed, one.subject_name, one.text),
           CASE WHEN one.unnamed THEN '' ELSE wording_plain(one.subject_name) END, array_remove(place.ids || one.line_id, NULL),
           one.confidential
    FROM problems_problem one JOIN (
        SELECT region_id, array_agg(ancestor_id) AS ids FROM organisations_region_within GROUP BY region_id
    ) place ON place.region_id = one.region_id
    ORDER BY one.id;
CREATE INDEX problems_wording_serial ON problems_wording (problems_serial(number)) WHERE problems_serial(number) <> '';
CREATE INDEX problems_wording_signs ON problems_wording
    USING gin (wording_signs(words), wording_signs(name), places, (ARRAY[(place >> 14)::integer]))
    WITH (gin_pending_list_limit = 128);
ALTER INDEX problems_wording_signs ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX problems_wording_signs ALTER COLUMN 2 SET STATISTICS 0;

CREATE FUNCTION problems_keep_new_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    INSERT INTO problems_wording (thing, number, words, name, places, hidden)
        SELECT one.id, wording_plain(one.number), problems_words(one.unnamed, one.subject_name, one.text),
               CASE WHEN one.unnamed THEN '' ELSE wording_plain(one.subject_name) END,
               array_remove(place.ids || one.line_id, NULL), one.confidential
        FROM added one JOIN (
            SELECT region_id, array_agg(ancestor_id) AS ids FROM organisations_region_within
            WHERE region_id IN (SELECT region_id FROM added) GROUP BY region_id
        ) place ON place.region_id = one.region_id
        ORDER BY one.id;
    RETURN NULL;
END $$;
CREATE FUNCTION problems_keep_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    UPDATE problems_wording SET
        number = wording_plain(NEW.number), words = problems_words(NEW.unnamed, NEW.subject_name, NEW.text),
        name = CASE WHEN NEW.unnamed THEN '' ELSE wording_plain(NEW.subject_name) END, hidden = NEW.confidential,
        places = array_remove(
            ARRAY(SELECT ancestor_id FROM organisations_region_within WHERE region_id = NEW.region_id) || NEW.line_id, NULL)
    WHERE thing = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION problems_drop_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN DELETE FROM problems_wording WHERE thing = OLD.id; RETURN NULL; END $$;

CREATE TRIGGER words_of_new AFTER INSERT ON problems_problem REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION problems_keep_new_words();
CREATE TRIGGER words_of_changed
    AFTER UPDATE OF number, subject_name, text, unnamed, confidential, region_id, line_id ON problems_problem FOR EACH ROW
    WHEN ((OLD.number, OLD.subject_name, OLD.text, OLD.unnamed, OLD.confidential, OLD.region_id, OLD.line_id)
          IS DISTINCT FROM (NEW.number, NEW.subject_name, NEW.text, NEW.unnamed, NEW.confidential, NEW.region_id, NEW.line_id))
    EXECUTE FUNCTION problems_keep_words();
CREATE TRIGGER words_of_gone AFTER DELETE ON problems_problem FOR EACH ROW EXECUTE FUNCTION problems_drop_words();

CREATE FUNCTION problems_moved_words() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE moved integer; BEGIN
    WITH place AS (
        SELECT within.region_id, array_agg(within.ancestor_id) AS ids FROM organisations_region_within within GROUP BY 1
    ), elsewhere AS (
        SELECT place.region_id, place.ids
        FROM place CROSS JOIN LATERAL (
            SELECT id, line_id FROM problems_problem WHERE region_id = place.region_id ORDER BY id DESC LIMIT 1) sample
        JOIN problems_wording kept ON kept.thing = sample.id
        WHERE NOT (kept.places @> place.ids
                   AND cardinality(kept.places) = cardinality(place.ids) + (sample.line_id IS NOT NULL)::integer)
    )
    UPDATE problems_wording kept SET places = array_remove(elsewhere.ids || one.line_id, NULL)
    FROM elsewhere JOIN problems_problem one ON one.region_id = elsewhere.region_id WHERE kept.thing = one.id;
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END $$;
REVOKE ALL ON FUNCTION problems_moved_words() FROM PUBLIC, zhitong_web, zhitong_worker;

CREATE FUNCTION problems_worded(phrases text[], narrow uuid, served uuid[], most integer)
    RETURNS TABLE (problem uuid, grade integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ DECLARE
    reach text := organisations_viewer_reach();
    unit uuid := organisations_viewer_unit();
    here uuid := organisations_viewer_region();
    is_whole boolean := NOT EXISTS (SELECT FROM organisations_region_within WHERE region_id = here AND depth > 0);
    patterns text[] := wording_patterns(phrases);
    within uuid[] := array_remove(ARRAY[narrow], NULL);
    own uuid[];
BEGIN
    IF unit IS NULL THEN RETURN; END IF;
    RETURN QUERY SELECT one.thing, 0 FROM problems_wording one
        WHERE problems_serial(one.number) = problems_serial(phrases[cardinality(phrases)]) AND problems_serial(one.number) <> ''
          AND one.number LIKE '%' || array_to_string(phrases, ' ') LIMIT most;
    IF reach IN ('subtree', 'line', 'open') THEN
        RETURN QUERY SELECT found.thing, CASE WHEN found.is_named THEN 1 ELSE 2 END
            FROM wording_newest(
                'problems_wording', phrases, CASE WHEN is_whole THEN within ELSE within || here END,
                CASE WHEN reach = 'line' THEN organisations_viewer_lines() END, reach = 'open', reach <> 'subtree', most) AS found;
    END IF;
    IF NOT (reach = 'subtree' AND is_whole) THEN
        SELECT array_agg(found.thing) INTO own
            FROM wording_newest('problems_wording', phrases, within, NULL, reach = 'open', false, most) AS found;
        RETURN QUERY SELECT one.thing, CASE WHEN one.name LIKE ALL (patterns) THEN 1 ELSE 2 END
            FROM unnest(own) AS found (id)
            JOIN problems_party party ON party.unit_id = unit AND party.problem_id = found.id
            JOIN problems_wording one ON one.thing = found.id;
        IF cardinality(own) >= most THEN
            RETURN QUERY SELECT one.thing, CASE WHEN one.name LIKE ALL (patterns) THEN 1 ELSE 2 END
                FROM (SELECT party.problem_id FROM problems_party party WHERE party.unit_id = unit
                      ORDER BY party.problem_id DESC LIMIT most) AS newest
                JOIN problems_wording one ON one.thing = newest.problem_id
                WHERE CASE WHEN reach = 'open' THEN one.name ELSE one.words END LIKE ALL (patterns);
        END IF;
    END IF;
    IF cardinality(served) > 0 AND EXISTS (SELECT FROM organisations_unit WHERE id = unit AND kind = 'campaign_office') THEN
        RETURN QUERY SELECT one.id, 1 FROM problems_problem one
            WHERE one.unnamed AND one.region_id = ANY (served)
              AND EXISTS (SELECT FROM organisations_region_within inside
                          WHERE inside.region_id = one.region_id AND inside.ancestor_id = here)
              AND problems_words(false, one.subject_name, one.text) LIKE ALL (patterns) LIMIT most;
    END IF;
END $$;
"""
GONE = """
DROP FUNCTION problems_worded(text[], uuid, uuid[], integer);
DROP FUNCTION problems_moved_words();
DROP TRIGGER words_of_gone ON problems_problem;
DROP TRIGGER words_of_changed ON problems_problem;
DROP TRIGGER words_of_new ON problems_problem;
DROP FUNCTION problems_drop_words();
DROP FUNCTION problems_keep_words();
DROP FUNCTION problems_keep_new_words();
DROP TABLE problems_wording;
DROP FUNCTION problems_words(boolean, text, text);
DROP FUNCTION problems_serial(text);
"""


class Migration(migrations.Migration):
    """Finding problems by words and numbers."""

    dependencies = [("problems", "0018_stay"), ("subjects", "0010_wording")]

    operations = [
        migrations.AddIndex(
            "problem", models.Index(fields=["region"], name="problems_unnamed", condition=Q(unnamed=True))
        ),
        migrations.RunSQL(OWN, GONE),
    ]
