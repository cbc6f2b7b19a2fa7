"""Cuts in which things step on as time passes: up to which moment the cells of each have run."""

from django.db import migrations, models

from zhitong.kit.wall import grant


class Migration(migrations.Migration):
    """Steps by time alone."""

    dependencies = [("tallies", "0002_past")]

    operations = [
        migrations.CreateModel(
            name="Running",
            fields=[
                ("cut", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("run_to", models.DateTimeField()),
            ],
            options={"db_table": "tallies_running"},
        ),
        grant("tallies_running", web="SELECT", worker="SELECT, UPDATE"),
    ]
