"""Clocks that warn and fall due are counted by time alone; what falls due on which day, for the past only."""

from django.db import migrations, models

COUNTED_ANEW = """
INSERT INTO tallies_running (cut, run_to) VALUES ('problems.clocks', '-infinity');
DELETE FROM tallies_posting WHERE cut = 'problems.due';
DELETE FROM tallies_cell WHERE cut = 'problems.due';
DELETE FROM tallies_total WHERE kept = 'cell' AND cut = 'problems.due';
"""


class Migration(migrations.Migration):
    """Counted from the first run of the worker; until then read from the rows."""

    dependencies = [("problems", "0020_fewer_indexes"), ("tallies", "0003_running")]

    operations = [
        migrations.AddIndex("problem", models.Index(
            fields=["warn_at"], name="problems_warned", condition=models.Q(open_spell__isnull=False))),
        migrations.RunSQL(COUNTED_ANEW, "DELETE FROM tallies_running WHERE cut = 'problems.clocks'"),
    ]
