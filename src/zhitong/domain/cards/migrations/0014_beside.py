"""What stands beside cards is found by a function, which is planned once."""

from django.db import migrations

_BESIDE = """
CREATE FUNCTION cards_beside(rounds uuid[], subjects uuid[])
RETURNS TABLE (round_id uuid, subject_id uuid, round_name text, is_same_year boolean, figures jsonb, ranges jsonb)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT asked.round_id, asked.subject_id, before.name::text,
           coalesce(left(round.period, 4) = left(before.period, 4), false), coalesce(before.values, '{}'), ranging.found
    FROM unnest(rounds, subjects) AS asked (round_id, subject_id)
    JOIN cards_round round ON round.id = asked.round_id
    JOIN cards_template template ON template.id = round.template_id
    JOIN subjects_subject subject ON subject.id = asked.subject_id
    JOIN organisations_region region ON region.id = subject.region_id
    LEFT JOIN LATERAL (
        SELECT earlier.name, earlier.period, figures.values
        FROM cards_card card
        JOIN cards_round earlier ON earlier.id = card.round_id
        JOIN cards_template form ON form.id = earlier.template_id
        JOIN cards_figures figures ON figures.card_id = card.id
        WHERE card.subject_id = asked.subject_id AND form.campaign = template.campaign
          AND form.subject_kind = template.subject_kind AND earlier.opens_on < round.opens_on
        ORDER BY form.code <> template.code, earlier.opens_on DESC, card.id DESC LIMIT 1
    ) before ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array(range.field, range.per, range.lower::text, range.upper::text)
                         ORDER BY range.sub_kind NULLS FIRST, range.rank NULLS FIRST) AS found
        FROM cards_peer_range range
        WHERE range.round_id = asked.round_id AND (range.sub_kind IS NULL OR range.sub_kind = subject.sub_kind)
          AND (range.rank IS NULL OR range.rank = region.rank)
    ) ranging ON true;
END $$
"""


class Migration(migrations.Migration):
    """Eleven tables, each behind its policies, took more time to plan for every card than all else the card asked."""

    dependencies = [("cards", "0013_passed_back")]

    operations = [migrations.RunSQL(_BESIDE, "DROP FUNCTION cards_beside(uuid[], uuid[])")]
