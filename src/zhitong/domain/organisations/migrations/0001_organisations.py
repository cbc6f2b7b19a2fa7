"""Regions and their edges, lines, units, posts, people and tenures."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('login', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=40)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'db_table': 'organisations_person',
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'organisations_line',
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('leader', '主要负责人'), ('deputy', '分管负责人'), ('officer', '经办人'), ('liaison', '联络员'), ('reporter', '填报人'), ('administrator', '系统管理员')], max_length=24)),
                ('title', models.CharField(max_length=60)),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'organisations_post',
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.post')),
            ],
            options={
                'db_table': 'organisations_api_token',
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('short', models.CharField(max_length=30)),
                ('rank', models.CharField(choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('township', '乡级')], max_length=24)),
                ('kind', models.CharField(choices=[('division', '行政区'), ('zone', '功能区')], max_length=24)),
                ('statistics_code', models.CharField(blank=True, max_length=12)),
                ('position', models.PositiveIntegerField()),
                ('pinyin', models.CharField(max_length=200)),
            ],
            options={
                'db_table': 'organisations_region',
                'indexes': [models.Index(fields=['rank', 'position'], name='organisations_region_rank')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('short', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('government', '党委政府（管委会、乡镇）'), ('leading_group', '领导小组'), ('campaign_office', '领导小组办公室'), ('department', '部门'), ('party_body', '党群机构'), ('inspection_office', '督查室'), ('work_group', '工作组'), ('task_force', '工作专班'), ('resident_body', '驻区单位'), ('served', '服务对象')], max_length=24)),
                ('subordination', models.CharField(choices=[('territorial', '属地管理'), ('dual', '双重管理'), ('vertical', '垂直管理'), ('state_firm', '驻地国有企业'), ('military', '驻军单位')], default='territorial', max_length=24)),
                ('keeps_all_lines', models.BooleanField(default=False)),
                ('ended_on', models.DateField(null=True)),
                ('contact_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='organisations.unit')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosted', to='organisations.unit')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisations.region')),
            ],
            options={
                'db_table': 'organisations_unit',
            },
        ),
        migrations.AddField(
            model_name='post',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisations.unit'),
        ),
        migrations.CreateModel(
            name='LineKept',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept', to='organisations.line')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines_kept', to='organisations.region')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines_kept', to='organisations.unit')),
            ],
            options={
                'db_table': 'organisations_line_kept',
            },
        ),
        migrations.CreateModel(
            name='UnitAlias',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='organisations.unit')),
            ],
            options={
                'db_table': 'organisations_unit_alias',
            },
        ),
        migrations.CreateModel(
            name='RegionEdge',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('relation', models.CharField(choices=[('administrative', '行政隶属'), ('reporting', '报送隶属'), ('statistical', '统计归属'), ('shown', '只展示不汇总')], max_length=24)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='edges_below', to='organisations.region')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='edges', to='organisations.region')),
            ],
            options={
                'db_table': 'organisations_region_edge',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True), models.Q(('relation', 'shown'), _negated=True)), fields=('region', 'relation'), name='organisations_one_parent', violation_error_message='一个区划在同一种隶属关系中只能有一个上级。'), models.CheckConstraint(condition=models.Q(('region', models.F('parent')), _negated=True), name='organisations_not_own_parent', violation_error_message='区划不能以自己为上级。')],
            },
        ),
        migrations.CreateModel(
            name='RegionWithin',
            fields=[
                ('pk', models.CompositePrimaryKey('region_id', 'ancestor_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('depth', models.PositiveSmallIntegerField()),
                ('ancestor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='organisations.region')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='within', to='organisations.region')),
            ],
            options={
                'db_table': 'organisations_region_within',
                'indexes': [models.Index(fields=['ancestor', 'region'], name='organisations_within_ancestor')],
            },
        ),
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='organisations.post')),
            ],
            options={
                'db_table': 'organisations_tenure',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('post', 'person'), name='organisations_tenure_once')],
            },
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(fields=['region', 'kind'], name='organisations_unit_region'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('kind', 'campaign_office')), fields=('region',), name='organisations_one_office', violation_error_message='一个区划只设一个活动办公室。'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('keeps_all_lines', True)), fields=('region',), name='organisations_one_keeper_of_all', violation_error_message='一个区划只能有一个单位承担全部条线。'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('subordination__in', ['territorial', 'dual']), ('contact_unit__isnull', False), _connector='OR'), name='organisations_consulted_has_contact', violation_error_message='垂直管理单位、驻地国有企业和驻军单位须指定对口联系单位。'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('unit', 'title'), name='organisations_post_once'),
        ),
        migrations.AddIndex(
            model_name='linekept',
            index=models.Index(fields=['region', 'line'], name='organisations_kept_region_line'),
        ),
        migrations.AddIndex(
            model_name='unitalias',
            index=models.Index(fields=['name'], name='organisations_alias_name'),
        ),
        migrations.AddConstraint(
            model_name='unitalias',
            constraint=models.UniqueConstraint(fields=('unit', 'name'), name='organisations_alias_once'),
        ),
    ]
