"""The second wall of blanks: a form is for the offices of its region, what is filled of it for the unit that fills it."""

from django.db import migrations

from zhitong.kit.wall import guard

OF_THE_REGION = (
    "region_id = (SELECT organisations_viewer_region()) AND (SELECT organisations_viewer_reach()) IN ('subtree', 'line')"
)
OWN = "unit_id = (SELECT organisations_viewer_unit())"
OF_A_SEEN_BLANK = "EXISTS (SELECT 1 FROM blanks_blank blank WHERE blank.id = blanks_version.blank_id)"


class Migration(migrations.Migration):
    """Row policies of blanks."""

    dependencies = [("blanks", "0001_blanks"), ("organisations", "0002_wall")]

    operations = [
        guard("blanks_blank", seen=OF_THE_REGION),
        guard("blanks_version", seen=OF_A_SEEN_BLANK),
        guard("blanks_filling", seen=OWN),
        guard("blanks_written", seen=OWN),
    ]
