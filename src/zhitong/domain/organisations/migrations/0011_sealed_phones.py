"""Phones of people are kept sealed; one is found, and had by one person only, by its digest."""

from django.db import migrations, models
from django.db.models import Q

import zhitong.kit.sealing.columns
from zhitong.kit.sealing.moving import seal_what_stands


class Migration(migrations.Migration):
    """One sealed column and its digest."""

    dependencies = [("organisations", "0010_large_type")]

    operations = [
        migrations.RemoveConstraint("person", "organisations_phone_once"),
        migrations.AlterField("person", "phone", zhitong.kit.sealing.columns.SealedText(blank=True, default="")),
        migrations.AddField("person", "phone_digest", zhitong.kit.sealing.columns.SearchDigest(
            blank=True, db_default="", default="", max_length=64, of="phone",
        )),
        migrations.AddConstraint("person", models.UniqueConstraint(
            fields=["phone_digest"], condition=~Q(phone_digest=""), name="organisations_phone_digest_once",
            violation_error_message="这个手机号码已有人使用。",
        )),
        seal_what_stands("organisations", "Person", "phone"),
    ]
