"""What a line must settle first, and what a region settled last, each from an index of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes over few rows: the open ones of a line, whole and by region, and those told of as settled."""

    dependencies = [("problems", "0021_clocks")]

    operations = [
        migrations.AddIndex("problem", models.Index(
            fields=["line", "stage_due_at", "id"], name="problems_due_by_line",
            condition=models.Q(open_spell__isnull=False))),
        migrations.AddIndex("problem", models.Index(
            fields=["line", "region", "stage_due_at", "id"], name="problems_due_by_line_region",
            condition=models.Q(open_spell__isnull=False))),
        migrations.AddIndex("problem", models.Index(
            fields=["region", "ended_at", "id"], name="problems_closed_by_region",
            condition=models.Q(state="closed", confidential=False, recorded=False))),
    ]
