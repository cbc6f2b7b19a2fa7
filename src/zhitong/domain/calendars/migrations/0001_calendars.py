"""Published years and special days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The working calendar."""

    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="PublishedYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=200)),
            ],
            options={"db_table": "calendars_published_year"},
        ),
        migrations.CreateModel(
            name="SpecialDay",
            fields=[
                ("on", models.DateField(primary_key=True, serialize=False)),
                ("works", models.BooleanField()),
                ("name", models.CharField(blank=True, max_length=60)),
            ],
            options={"db_table": "calendars_special_day"},
        ),
    ]
