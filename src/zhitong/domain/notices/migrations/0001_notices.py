"""Notices to units."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('came_from_below', '下级提请协调，现抄告本办公室'), ('answered', '已有答复，请确认是否满意'), ('asked_more', '需要补正，请补充后再次提交'), ('declined', '未予受理，理由和正确渠道见详情'), ('given_back', '上级已退回，请继续办理'), ('to_pass_down', '上级已答复，请在一个工作日内告知下级'), ('dissatisfied', '企业不满意，已进入复核')], max_length=24)),
                ('thing_kind', models.CharField(max_length=24)),
                ('thing_id', models.UUIDField()),
                ('thing_number', models.CharField(max_length=40)),
                ('fact_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'notices_notice',
                'indexes': [models.Index(condition=models.Q(('read_at__isnull', True)), fields=['unit', '-id'], name='notices_unread')],
                'constraints': [models.UniqueConstraint(fields=('fact_id', 'unit', 'kind'), name='notices_told_once')],
            },
        ),
    ]
