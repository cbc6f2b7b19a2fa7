"""A notice is its unit's own."""

from django.db import migrations

from zhitong.kit.wall import guard


class Migration(migrations.Migration):
    """Row policies of notices."""

    dependencies = [("notices", "0001_notices"), ("organisations", "0002_wall")]

    operations = [guard("notices_notice", seen="unit_id = (SELECT organisations_viewer_unit())", added="false")]
