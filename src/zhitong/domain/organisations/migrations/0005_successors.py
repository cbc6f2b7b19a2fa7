"""Who takes a dissolved unit's place; the web may now say that the directory has changed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from zhitong.kit.wall import WEB, WORKER


class Migration(migrations.Migration):
    """The successor of a unit that ended."""

    dependencies = [("organisations", "0004_delegates")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="successor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="succeeded", to="organisations.unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=Q(successor__isnull=True) | (Q(ended_on__isnull=False) & ~Q(successor=F("id"))),
                name="organisations_successor_of_ended",
                violation_error_message="只有撤销的单位才有承接单位，且不能是它自己。",
            ),
        ),
        migrations.RunSQL(
            f"GRANT USAGE ON SEQUENCE organisations_version TO {WEB}, {WORKER}",
            f"REVOKE USAGE ON SEQUENCE organisations_version FROM {WEB}, {WORKER}",
        ),
    ]
