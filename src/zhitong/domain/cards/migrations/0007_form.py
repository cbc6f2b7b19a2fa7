"""Confirmed doubts, fields marked in a return, and the ranges of peers, each behind its wall."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models

from zhitong.kit.wall import guard

OF_SEEN_FIGURES = "EXISTS (SELECT 1 FROM cards_figures figures WHERE figures.card_id = cards_doubt.card_id)"
OF_A_SEEN_CARD = "EXISTS (SELECT 1 FROM cards_card card WHERE card.id = cards_mark.card_id)"

# Quartiles of five firms or more, for whom the round concerns; the worker computes them.
OF_A_ROUND_ONE_OWES_IN = (
    "EXISTS (SELECT 1 FROM cards_obligation obligation WHERE obligation.round_id = cards_peer_range.round_id)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('cards', '0006_wall_of_rounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=80)),
                ('sentence', models.TextField()),
                ('answer', models.CharField(max_length=200)),
                ('card', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='cards.card')),
            ],
            options={
                'db_table': 'cards_doubt',
                'constraints': [models.UniqueConstraint(fields=('card', 'place'), name='cards_doubt_once')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=80)),
                ('reason', models.CharField(max_length=200)),
                ('card', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='cards.card')),
            ],
            options={
                'db_table': 'cards_mark',
                'constraints': [models.UniqueConstraint(fields=('card', 'place'), name='cards_mark_once')],
            },
        ),
        migrations.CreateModel(
            name='PeerRange',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sub_kind', models.CharField(max_length=24, null=True)),
                ('rank', models.CharField(max_length=24, null=True)),
                ('field', models.CharField(max_length=40)),
                ('per', models.CharField(blank=True, max_length=40)),
                ('lower', models.DecimalField(decimal_places=8, max_digits=30)),
                ('upper', models.DecimalField(decimal_places=8, max_digits=30)),
                ('round', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='peer_ranges', to='cards.round')),
            ],
            options={
                'db_table': 'cards_peer_range',
                'constraints': [models.UniqueConstraint(fields=('round', 'field', 'per', 'sub_kind', 'rank'), name='cards_peer_range_once', nulls_distinct=False)],
            },
        ),
        guard("cards_doubt", seen=OF_SEEN_FIGURES),
        guard("cards_mark", seen=OF_A_SEEN_CARD),
        guard("cards_peer_range", seen=OF_A_ROUND_ONE_OWES_IN, added="false", changed="false"),
    ]
