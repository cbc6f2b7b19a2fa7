"""Telephones of those who wrote problem rows are kept sealed."""

from django.db import migrations

import zhitong.kit.sealing.columns
from zhitong.kit.sealing.moving import seal_what_stands


class Migration(migrations.Migration):
    """One sealed column."""

    dependencies = [("cards", "0015_apart")]

    operations = [
        migrations.AlterField("problemrow", "reporter_phone", zhitong.kit.sealing.columns.SealedText(blank=True)),
        seal_what_stands("cards", "ProblemRow", "reporter_phone"),
    ]
