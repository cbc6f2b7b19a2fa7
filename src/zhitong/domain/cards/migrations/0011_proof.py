"""Which excuses need a paper or a photo, and the files that show it, seen by whoever sees the excuse."""

from django.db import migrations, models

from zhitong.domain.files.sight import seen_through


class Migration(migrations.Migration):

    dependencies = [
        ('cards', '0010_held'),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='proof_reasons',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='timetable',
            name='proof_reasons',
            field=models.JSONField(default=list),
        ),
        seen_through("card_excuse", "cards_excuse"),
    ]
