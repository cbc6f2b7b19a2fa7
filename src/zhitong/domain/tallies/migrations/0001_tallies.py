"""Postings, cells and the tree, with the web role seeing only what stands below the viewer's region."""

from django.db import migrations, models

from zhitong.kit.wall import grant, guard

BELOW_THE_VIEWER = """EXISTS (
    SELECT 1 FROM tallies_branch branch
    WHERE branch.node = {table}.node
      AND branch.ancestor = (SELECT nullif(current_setting('zhitong.region', true), '')::uuid)
      AND ((SELECT current_setting('zhitong.reach', true)) = 'subtree'
           OR ((SELECT current_setting('zhitong.reach', true)) = 'line' AND {table}.cut NOT LIKE '%.confidential'))
)"""


class Migration(migrations.Migration):
    """Counts exact at commit."""

    initial = True
    dependencies: list[tuple[str, str]] = [("history", "0001_facts")]

    operations = [
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("cut", models.CharField(max_length=40)),
                ("node", models.UUIDField()),
                ("a", models.CharField(max_length=64)),
                ("b", models.CharField(max_length=64)),
                ("c", models.CharField(max_length=64)),
                ("n", models.IntegerField()),
            ],
            options={"db_table": "tallies_posting"},
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("pk", models.CompositePrimaryKey("cut", "node", "a", "b", "c", blank=True, editable=False,
                                                  primary_key=True, serialize=False)),
                ("cut", models.CharField(max_length=40)),
                ("node", models.UUIDField()),
                ("a", models.CharField(max_length=64)),
                ("b", models.CharField(max_length=64)),
                ("c", models.CharField(max_length=64)),
                ("n", models.BigIntegerField()),
            ],
            options={"db_table": "tallies_cell"},
        ),
        migrations.CreateModel(
            name="Branch",
            fields=[
                ("pk", models.CompositePrimaryKey("node", "ancestor", blank=True, editable=False, primary_key=True,
                                                  serialize=False)),
                ("node", models.UUIDField()),
                ("ancestor", models.UUIDField()),
            ],
            options={
                "db_table": "tallies_branch",
                "indexes": [models.Index(fields=["ancestor", "node"], name="tallies_branch_ancestor")],
            },
        ),
        guard("tallies_posting", seen=BELOW_THE_VIEWER.format(table="tallies_posting"), added="true"),
        guard("tallies_cell", seen=BELOW_THE_VIEWER.format(table="tallies_cell"), added="false"),
        grant("tallies_posting", web="SELECT, INSERT", worker="SELECT, INSERT, DELETE"),
        grant("tallies_cell", web="SELECT", worker="SELECT, INSERT, UPDATE, DELETE"),
        grant("tallies_branch", web="SELECT", worker="SELECT"),
    ]
