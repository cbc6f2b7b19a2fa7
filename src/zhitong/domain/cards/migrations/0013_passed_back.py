"""When a level above gave a card back to the office below it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Unknown for what was given back before: such a card has waited since that office passed it on."""

    dependencies = [("cards", "0012_files_filled_in")]

    operations = [
        migrations.AddField(model_name="card", name="passed_back_at", field=models.DateTimeField(null=True)),
    ]
