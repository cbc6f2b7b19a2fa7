"""A person chooses how large the type of pages is, wherever he sits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Null is never chosen."""

    dependencies = [("organisations", "0009_apart_and_instead")]

    operations = [migrations.AddField("person", "large_type", models.BooleanField(null=True))]
