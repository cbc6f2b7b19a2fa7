"""Loaded campaigns and what this installation is."""

import datetime
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
            name='Installation',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('is_demonstration', models.BooleanField(default=False)),
                ('clock_offset', models.DurationField(default=datetime.timedelta)),
            ],
            options={
                'db_table': 'campaigns_installation',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='campaigns_one_installation'), models.CheckConstraint(condition=models.Q(('is_demonstration', True), ('clock_offset', datetime.timedelta(0)), _connector='OR'), name='campaigns_real_time_is_real', violation_error_message='正式环境的时间不能偏移。')],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('year', models.PositiveSmallIntegerField()),
                ('labels', models.JSONField(default=dict)),
                ('in_force', models.BooleanField(default=False)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='campaigns.campaign')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'db_table': 'campaigns_campaign',
                'constraints': [models.UniqueConstraint(condition=models.Q(('in_force', True)), fields=('in_force',), name='campaigns_one_in_force', violation_error_message='同一时间只有一个活动在用。')],
            },
        ),
    ]
