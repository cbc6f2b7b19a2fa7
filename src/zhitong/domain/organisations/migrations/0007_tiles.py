"""Where a region stands on the chart of tiles of the region it reports to."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A place of column and row, from 1; null where the region is laid by rule."""

    dependencies = [("organisations", "0006_phone")]

    operations = [
        migrations.AddField("region", "tile_column", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("region", "tile_row", models.PositiveSmallIntegerField(null=True)),
        migrations.AddConstraint(
            "region",
            models.CheckConstraint(
                condition=Q(tile_column__isnull=True, tile_row__isnull=True) | Q(tile_column__gte=1, tile_row__gte=1),
                name="organisations_region_tile_whole", violation_error_message="图块的位置须同时写明列和行。",
            ),
        ),
    ]
