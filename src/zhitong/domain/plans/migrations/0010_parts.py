"""The indicators that a unit's part of a task has."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty for every unit named so far: it answers for all of the task, until the package says otherwise."""

    dependencies = [("plans", "0009_wall_of_divisions")]

    operations = [
        migrations.AddField(model_name="taskunit", name="indicator_codes", field=models.JSONField(default=list)),
    ]
