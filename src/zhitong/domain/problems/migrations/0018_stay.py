"""The stays of problems; of those there are already the history begins now, each as it stands."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import zhitong.kit.ids
from zhitong.kit import clock
from zhitong.kit.wall import guard

OF_A_SEEN_PROBLEM = "EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = problems_stay.problem_id)"
# Whoever oversees a territory or a line counts in it: stays say of a problem only what counts say. Others see those of
# the problems that they see.
SEEN = f"""
    ((SELECT organisations_viewer_reach()) = 'subtree'
        OR ((SELECT organisations_viewer_reach()) = 'line' AND NOT confidential))
    AND region_id IN (
        SELECT within.region_id FROM organisations_region_within within
        WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
    OR {OF_A_SEEN_PROBLEM}
"""
BEGIN = """
INSERT INTO problems_stay (
    id, problem_id, since, act, state, unit_id, region_id, level_region_id, level_rank, line_id, category, subject_kind,
    campaign, stage, stage_due_at, warn_at, confidential, recorded, misrouted, rule_code, source)
SELECT uuid7(), problem.id, %(now)s, last_act, state, accountable_unit_id, region_id, level_region_id, level.rank, line_id,
       category, subject_kind, campaign, stage, stage_due_at, warn_at, confidential, recorded, misrouted, rule_code, source
FROM problems_problem problem JOIN organisations_region level ON level.id = problem.level_region_id
ORDER BY problem.id
"""


def begin_history(apps, schema_editor) -> None:  # type: ignore[no-untyped-def]
    """Let every problem there is stay as it stands from now on; of the time before nothing can be counted."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM problems_problem)")
        if cursor.fetchone()[0]:
            now = clock.now()
            cursor.execute(BEGIN, {"now": now})
            cursor.execute("UPDATE tallies_closing SET begins_at = %s", [now])


class Migration(migrations.Migration):
    """What is counted of a problem, from when to when."""

    dependencies = [
        ("problems", "0017_files_by_function"), ("organisations", "0001_organisations"), ("tallies", "0002_past"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("id", models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("act", models.CharField(max_length=24)),
                ("state", models.CharField(max_length=24)),
                ("level_rank", models.CharField(max_length=24)),
                ("category", models.CharField(max_length=40)),
                ("subject_kind", models.CharField(max_length=24)),
                ("campaign", models.SlugField(db_index=False, max_length=40)),
                ("stage", models.CharField(blank=True, max_length=24)),
                ("stage_due_at", models.DateTimeField(null=True)),
                ("warn_at", models.DateTimeField(null=True)),
                ("confidential", models.BooleanField()),
                ("recorded", models.BooleanField()),
                ("misrouted", models.BooleanField()),
                ("rule_code", models.CharField(blank=True, max_length=60)),
                ("source", models.CharField(max_length=24)),
                ("worked_minutes", models.IntegerField(null=True)),
                ("problem", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE,
                                              related_name="stays", to="problems.problem")),
                ("previous", models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                                                  to="problems.stay")),
                ("unit", models.ForeignKey(db_constraint=False, db_index=False, null=True,
                                           on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                           to="organisations.unit")),
                ("region", models.ForeignKey(db_constraint=False, db_index=False,
                                             on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                             to="organisations.region")),
                ("level_region", models.ForeignKey(db_constraint=False, db_index=False,
                                                   on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                                   to="organisations.region")),
                ("line", models.ForeignKey(db_constraint=False, db_index=False, null=True,
                                           on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                           to="organisations.line")),
            ],
            options={
                "db_table": "problems_stay",
                "indexes": [
                    models.Index(fields=["problem", "since"], name="problems_stay_problem"),
                    models.Index(fields=["region", "since"], name="problems_stay_region"),
                    models.Index(condition=models.Q(("stage_due_at__isnull", False)), fields=["stage_due_at"],
                                 name="problems_stay_due"),
                    django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=["since"],
                                                              name="problems_stay_since"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("previous__isnull", True)), fields=("problem",), name="problems_stay_one_first",
                        violation_error_message="一个问题只能有一段最早的停留。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="problems_stay_forward", violation_error_message="一段停留不能早于开始时结束。",
                    ),
                ],
            },
        ),
        migrations.RunSQL("ALTER TABLE problems_stay SET (fillfactor = 85)", migrations.RunSQL.noop),
        guard("problems_stay", seen=SEEN, added=OF_A_SEEN_PROBLEM, changed=OF_A_SEEN_PROBLEM),
        migrations.RunPython(begin_history, migrations.RunPython.noop),
    ]
