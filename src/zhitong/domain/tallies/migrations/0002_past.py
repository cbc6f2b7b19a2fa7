"""The past of counts: sums by day, month and year, the tree as it stood, how far it is settled, and check sums."""

from django.db import migrations, models

from zhitong.kit.wall import grant, guard

# As for cells, but the nodes are found once for the statement, not once a row.
BELOW_THE_VIEWER = """
    ((SELECT current_setting('zhitong.reach', true)) = 'subtree'
        OR ((SELECT current_setting('zhitong.reach', true)) = 'line' AND tallies_past.cut NOT LIKE '%.confidential'))
    AND node IN (
        SELECT branch.node FROM tallies_branch branch
        WHERE branch.ancestor = (SELECT nullif(current_setting('zhitong.region', true), '')::uuid))
"""
OPEN_FROM = """
CREATE FUNCTION tallies_open_from() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT (closed_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' FROM tallies_closing), '-infinity')
$$;
COMMENT ON FUNCTION tallies_open_from() IS 'The first moment of which figures may still change'
"""


class Migration(migrations.Migration):
    """Counts at any moment."""

    dependencies = [("tallies", "0001_tallies")]

    operations = [
        migrations.AddField("branch", "since", models.DateField(null=True)),
        migrations.AddIndex("branch", models.Index(
            fields=["since"], name="tallies_branch_since", condition=models.Q(since__isnull=False))),
        migrations.CreateModel(
            name="BranchGone",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("node", models.UUIDField()),
                ("ancestor", models.UUIDField()),
                ("since", models.DateField(null=True)),
                ("until", models.DateField()),
            ],
            options={
                "db_table": "tallies_branch_gone",
                "indexes": [models.Index(fields=["ancestor", "node"], name="tallies_gone_ancestor")],
            },
        ),
        migrations.CreateModel(
            name="PastSum",
            fields=[
                ("pk", models.CompositePrimaryKey("cut", "node", "span", "day", "a", "b", "c", blank=True, editable=False,
                                                  primary_key=True, serialize=False)),
                ("cut", models.CharField(max_length=40)),
                ("node", models.UUIDField()),
                ("span", models.CharField(max_length=5)),
                ("day", models.DateField()),
                ("a", models.CharField(max_length=64)),
                ("b", models.CharField(max_length=64)),
                ("c", models.CharField(max_length=64)),
                ("n", models.BigIntegerField()),
            ],
            options={"db_table": "tallies_past"},
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("begins_at", models.DateTimeField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("summed_on", models.DateField(null=True)),
                ("fence", models.BigIntegerField(null=True)),
            ],
            options={"db_table": "tallies_closing"},
        ),
        migrations.CreateModel(
            name="Daily",
            fields=[
                ("node", models.UUIDField(primary_key=True, serialize=False)),
                ("since", models.DateField()),
            ],
            options={"db_table": "tallies_daily"},
        ),
        migrations.CreateModel(
            name="Total",
            fields=[
                ("pk", models.CompositePrimaryKey("kept", "cut", blank=True, editable=False, primary_key=True,
                                                  serialize=False)),
                ("kept", models.CharField(max_length=4)),
                ("cut", models.CharField(max_length=40)),
                ("n", models.BigIntegerField()),
            ],
            options={"db_table": "tallies_total"},
        ),
        guard("tallies_past", seen=BELOW_THE_VIEWER, added="false"),
        grant("tallies_past", web="SELECT", worker="SELECT, INSERT, UPDATE, DELETE"),
        grant("tallies_closing", web="SELECT", worker="SELECT, UPDATE"),
        grant("tallies_daily", web="SELECT", worker="SELECT, INSERT"),
        migrations.RunSQL(
            "REVOKE ALL ON tallies_total FROM zhitong_web;"
            " INSERT INTO tallies_closing (id) VALUES (1);"
            " INSERT INTO tallies_total (kept, cut, n) SELECT 'cell', cut, sum(n) FROM tallies_cell GROUP BY cut",
            migrations.RunSQL.noop,
        ),
        grant("tallies_branch_gone", web="SELECT", worker="SELECT"),
        migrations.RunSQL(OPEN_FROM, "DROP FUNCTION tallies_open_from()"),
    ]
