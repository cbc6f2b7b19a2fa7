"""Feeds and what they have shown."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0008_auditors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(blank=True, default='', max_length=64)),
                ('opened_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('alarm_minutes', models.PositiveSmallIntegerField(null=True)),
                ('shows_titles', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.post')),
            ],
            options={
                'db_table': 'feeds_feed',
                'constraints': [models.UniqueConstraint(fields=('person', 'post'), name='feeds_one_a_post'), models.UniqueConstraint(condition=models.Q(('digest', ''), _negated=True), fields=('digest',), name='feeds_digest_once')],
            },
        ),
        migrations.CreateModel(
            name='FeedEvent',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=80)),
                ('summary', models.CharField(max_length=300)),
                ('at', models.DateTimeField(null=True)),
                ('on', models.DateField(null=True)),
                ('sequence', models.PositiveIntegerField()),
                ('changed_at', models.DateTimeField()),
                ('gone_at', models.DateTimeField(null=True)),
                ('feed', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='feeds.feed')),
            ],
            options={
                'db_table': 'feeds_event',
                'constraints': [models.UniqueConstraint(fields=('feed', 'key'), name='feeds_event_once')],
            },
        ),
    ]
