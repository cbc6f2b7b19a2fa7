"""The indicators that a reporting unit's part of a task has."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty for every duty so far: it reports all of the task."""

    dependencies = [("progress", "0004_reporting"), ("plans", "0010_parts")]

    operations = [
        migrations.AddField(model_name="duty", name="indicator_codes", field=models.JSONField(default=list)),
    ]
