"""How reports go in a campaign, the line a report belongs to, who sent it, and why it went up without those below."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models

from zhitong.domain.files.sight import seen_through


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0006_phone'),
        ('plans', '0003_wall'),
        ('files', '0002_wall'),
        ('progress', '0003_place'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rulebook',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40, unique=True)),
                ('rules', models.JSONField()),
            ],
            options={
                'db_table': 'progress_rulebook',
            },
        ),
        migrations.AddField(
            model_name='duty',
            name='line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.line'),
        ),
        migrations.AddField(
            model_name='report',
            name='below_reason',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name='report',
            name='line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.line'),
        ),
        migrations.AddField(
            model_name='report',
            name='reminded_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='submitted_post',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('state__in', ['owed', 'waiting_below', 'returned'])), fields=['due_at', 'id'], name='progress_report_due'),
        ),
        seen_through('progress_report', 'progress_report'),
    ]
