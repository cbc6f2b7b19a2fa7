"""The three administrators apart from each other and from what the others handle; substitutes; units opened here."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import zhitong.kit.ids
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.kit.choices import choices_of

KEEPERS = "('administrator', 'security', 'auditor')"
MARKED = f"""
CREATE FUNCTION organisations_keeper_of(post uuid) RETURNS varchar LANGUAGE sql STABLE AS
    $$ SELECT kind FROM organisations_post WHERE id = post AND kind IN {KEEPERS} $$;
CREATE FUNCTION organisations_mark_keeper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.keeper := organisations_keeper_of(NEW.post_id);
    RETURN NEW;
END $$;
CREATE FUNCTION organisations_mark_keepers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE organisations_tenure SET keeper = organisations_keeper_of(NEW.id) WHERE post_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER organisations_keeper BEFORE INSERT OR UPDATE ON organisations_tenure
    FOR EACH ROW EXECUTE FUNCTION organisations_mark_keeper();
CREATE TRIGGER organisations_keeper AFTER UPDATE OF kind ON organisations_post
    FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION organisations_mark_keepers();
UPDATE organisations_tenure SET keeper = organisations_keeper_of(post_id)
    WHERE post_id IN (SELECT id FROM organisations_post WHERE kind IN {KEEPERS});
ALTER TABLE organisations_tenure ADD CONSTRAINT organisations_three_apart
    EXCLUDE USING gist (person_id WITH =, keeper WITH <>) WHERE (until IS NULL AND keeper IS NOT NULL) DEFERRABLE INITIALLY DEFERRED;
"""
UNMARKED = """
ALTER TABLE organisations_tenure DROP CONSTRAINT organisations_three_apart;
DROP TRIGGER organisations_keeper ON organisations_post; DROP TRIGGER organisations_keeper ON organisations_tenure;
DROP FUNCTION organisations_mark_keepers(); DROP FUNCTION organisations_mark_keeper(); DROP FUNCTION organisations_keeper_of(uuid);
"""
ONE_AT_A_TIME = """
ALTER TABLE organisations_substitution ADD CONSTRAINT organisations_one_substitute EXCLUDE USING gist
    (post_id WITH =, holder_id WITH =, daterange(since, until, '[]') WITH &&) WHERE (ended_at IS NULL)
"""
APART = """
CREATE FUNCTION organisations_viewer_apart() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(current_setting('zhitong.apart', true), '') $$;
CREATE FUNCTION organisations_viewer_traces(region uuid) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT current_setting('zhitong.trace', true) = 'on' AND EXISTS (
        SELECT 1 FROM organisations_region_within within
        WHERE within.region_id = region AND within.ancestor_id = organisations_viewer_region()) $$;
"""


def _person(name: str) -> tuple[str, models.Field]:
    key = models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.person")
    return name, key


class Migration(migrations.Migration):
    """Who keeps the system sees none of its matters; who is away is stood in for."""

    dependencies = [("organisations", "0008_auditors")]

    operations = [
        migrations.AlterField("post", "kind", models.CharField(choices=choices_of(PostKind), max_length=24)),
        migrations.AddField("unit", "is_kept_here", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("tenure", "keeper", models.CharField(editable=False, max_length=24, null=True)),
        migrations.RunSQL(MARKED, UNMARKED),
        migrations.CreateModel(
            "Substitution",
            [
                ("id", models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("named_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                _person("holder"), _person("named_by"), _person("person"),
                ("post", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post")),
            ],
            {
                "db_table": "organisations_substitution",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(until__gte=F("since")), name="organisations_substitution_days",
                        violation_error_message="代办的最后一天不能早于第一天。",
                    ),
                    models.CheckConstraint(
                        condition=~Q(person=F("holder")), name="organisations_substitution_another",
                        violation_error_message="代办人不能是本人。",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            ONE_AT_A_TIME, "ALTER TABLE organisations_substitution DROP CONSTRAINT organisations_one_substitute"
        ),
        migrations.RunSQL(
            APART, "DROP FUNCTION organisations_viewer_apart(); DROP FUNCTION organisations_viewer_traces(uuid)"
        ),
    ]
