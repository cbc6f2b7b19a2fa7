"""When a value was set, and from when to when a plan's figures count."""

from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    """The span of a plan and the moment of a term."""

    dependencies = [("plans", "0004_lights")]

    operations = [
        migrations.AddField("plan", "begins_on", models.DateField(null=True)),
        migrations.AddField("plan", "ends_on", models.DateField(null=True)),
        migrations.AddField(
            "targetterm", "set_at", models.DateTimeField(default=datetime(2018, 1, 1, tzinfo=UTC)), preserve_default=False,
        ),
    ]
