"""When both sides were told that a substitution begins."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0011_sealed_phones'),
    ]

    operations = [
        migrations.AddField(
            model_name='substitution',
            name='begun_at',
            field=models.DateTimeField(null=True),
        ),
    ]
