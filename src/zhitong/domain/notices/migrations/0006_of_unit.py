"""Notices of a unit by their order, for the page that has those read too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0006_targets'),
        ('organisations', '0006_phone'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['unit', '-id'], name='notices_of_unit'),
        ),
    ]
