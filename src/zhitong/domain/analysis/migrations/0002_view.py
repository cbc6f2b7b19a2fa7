"""Saved views of the overview, and who may find and change them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhitong.kit.ids
from zhitong.kit.wall import guard

OWN = "unit_id = (SELECT organisations_viewer_unit())"
# Shared views reach officials who oversee something in the owner's region ("region") or below it ("below", "region").
SHARED = """
    (SELECT organisations_viewer_reach()) IN ('subtree', 'line') AND shared IN ('below', 'region') AND EXISTS (
        SELECT 1 FROM organisations_unit unit
        JOIN organisations_region_within within ON within.ancestor_id = unit.region_id
        WHERE unit.id = analysis_view.unit_id AND within.region_id = (SELECT organisations_viewer_region())
          AND (shared = 'region' OR within.region_id <> within.ancestor_id))
"""


class Migration(migrations.Migration):


    dependencies = [
        ("analysis", "0001_forecast"),
        ('organisations', '0006_phone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=30)),
                ('stretch', models.CharField(choices=[('all', '累计'), ('day', '本日'), ('week', '本周'), ('month', '本月'), ('quarter', '本季'), ('year', '本年'), ('campaign', '活动年度'), ('days', '自选起止')], max_length=24)),
                ('first', models.DateField(null=True)),
                ('last', models.DateField(null=True)),
                ('dimension', models.CharField(blank=True, max_length=24)),
                ('form', models.CharField(choices=[('chart', '图'), ('table', '表')], max_length=24)),
                ('shared', models.CharField(choices=[('post', '仅本岗位'), ('unit', '本单位'), ('below', '本单位和下级地区各单位'), ('region', '本辖区各单位')], max_length=24)),
                ('saved_at', models.DateTimeField()),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.line')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'analysis_view',
                'constraints': [models.UniqueConstraint(fields=('post', 'name'), name='analysis_view_name', violation_error_message='本岗位已有同名的视图，请换一个名称。'), models.CheckConstraint(condition=models.Q(models.Q(('stretch', 'days'), _negated=True), models.Q(('first__isnull', False), ('last__gte', models.F('first')), ('last__isnull', False)), _connector='OR'), name='analysis_view_days', violation_error_message='自选起止的视图须有起止日期，止日不早于起日。')],
            },
        ),
        guard("analysis_view", seen=f"{OWN} OR ({SHARED})", changed=OWN, added=OWN),
    ]
