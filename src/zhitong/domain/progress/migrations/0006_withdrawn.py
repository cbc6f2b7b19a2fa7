"""What figures said while their report counted, kept when a report is given back; seen by who sees the figure."""

import django.db.models.deletion
from django.db import migrations, models

import zhitong.kit.ids
from zhitong.kit.wall import guard


class Migration(migrations.Migration):
    """A table of what was given back; reports given back before it leave no trace in it."""

    dependencies = [("progress", "0005_parts")]

    operations = [
        migrations.CreateModel(
            name="Withdrawn",
            fields=[
                ("id", models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("value", models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ("stage", models.CharField(blank=True, max_length=24)),
                ("counted_from", models.DateTimeField()),
                ("counted_until", models.DateTimeField()),
                ("figure", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="withdrawn", to="progress.figure",
                )),
            ],
            options={"db_table": "progress_withdrawn"},
        ),
        migrations.AddConstraint(
            model_name="withdrawn",
            constraint=models.CheckConstraint(
                condition=models.Q(("counted_from__lte", models.F("counted_until"))), name="progress_withdrawn_span",
            ),
        ),
        guard(
            "progress_withdrawn",
            seen="EXISTS (SELECT 1 FROM progress_figure parent WHERE parent.id = progress_withdrawn.figure_id)",
        ),
    ]
