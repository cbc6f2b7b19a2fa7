"""Where a person is reached is kept sealed, as his phone is."""

from django.db import migrations

import zhitong.kit.sealing.columns
from zhitong.kit.sealing.moving import seal_what_stands


class Migration(migrations.Migration):
    """One sealed column."""

    dependencies = [("messaging", "0002_wall")]

    operations = [
        migrations.AlterField("address", "address", zhitong.kit.sealing.columns.SealedText()),
        seal_what_stands("messaging", "Address", "address"),
    ]
