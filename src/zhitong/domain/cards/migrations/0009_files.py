"""Files beside the fields of a card: a draft's for its own unit, a sent one's for whoever sees the figures."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models

from zhitong.domain.files.sight import handed_on, seen_through
from zhitong.kit.wall import guard

OWN = """EXISTS (
    SELECT 1 FROM cards_card card
    WHERE card.id = cards_file.card_id AND card.reporter_unit_id = (SELECT organisations_viewer_unit()))"""
WITH_THE_FIGURES = """(sent_at IS NOT NULL AND dropped_at IS NULL AND EXISTS (
    SELECT 1 FROM cards_figures figures WHERE figures.card_id = cards_file.card_id))"""


class Migration(migrations.Migration):

    dependencies = [
        ('cards', '0008_unnamed_rows'),
        ('files', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='CardFile',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=80)),
                ('sent_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='cards.card')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='files.file')),
            ],
            options={
                'db_table': 'cards_file',
                'indexes': [models.Index(condition=models.Q(('dropped_at__isnull', False)), fields=['dropped_at'], name='cards_file_dropped')],
            },
        ),
        guard("cards_file", seen=f"{OWN} OR {WITH_THE_FIGURES}", added=OWN, changed=OWN),
        seen_through("card", "cards_file"),
        # What was kept beside a row still being typed goes with the problem that the row opens.
        handed_on("card", "problem", "cards_file", "thing.sent_at IS NULL"),
    ]
