"""The second wall of exchange: an upload is its unit's own; what heads mean is read by the region's units too."""

from django.db import migrations

from zhitong.kit.wall import guard

OWN = "unit_id = (SELECT organisations_viewer_unit())"
OF_AN_OWN = "EXISTS (SELECT 1 FROM exchange_upload upload WHERE upload.id = {table}.upload_id)"


class Migration(migrations.Migration):
    """Row policies of exchange."""

    dependencies = [("exchange", "0001_exchange"), ("organisations", "0002_wall")]

    operations = [
        guard("exchange_upload", seen=OWN),
        guard("exchange_row", seen=OF_AN_OWN.format(table="exchange_row")),
        guard("exchange_progress", seen=OF_AN_OWN.format(table="exchange_progress")),
        guard(
            "exchange_mapping", seen=f"{OWN} OR region_id = (SELECT organisations_viewer_region())", added=OWN, changed=OWN
        ),
    ]
