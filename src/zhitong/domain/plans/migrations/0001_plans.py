"""Plans, tasks with their units, indicators with their targets, gates."""

import django.db.models.constraints
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
            name='Gate',
            fields=[
                ('document', models.CharField(max_length=80)),
                ('clause_start', models.PositiveIntegerField()),
                ('clause_end', models.PositiveIntegerField()),
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40)),
                ('code', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('on', models.DateField()),
                ('printed', models.CharField(blank=True, max_length=40)),
                ('share', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
            ],
            options={
                'db_table': 'plans_gate',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('clause_start__lt', models.F('clause_end'))), name='plans_gate_clause', violation_error_message='条款的起点要在终点之前。'), models.UniqueConstraint(fields=('campaign', 'code'), name='plans_gate_code', violation_error_message='活动里这个节点编号已经用过。')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40)),
                ('version', models.PositiveSmallIntegerField()),
                ('document', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=200)),
                ('number', models.CharField(max_length=60)),
                ('issuers', models.JSONField(default=list)),
                ('issued_on', models.DateField(null=True)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'db_table': 'plans_plan',
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('document', models.CharField(max_length=80)),
                ('clause_start', models.PositiveIntegerField()),
                ('clause_end', models.PositiveIntegerField()),
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('section', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('reading_class', models.CharField(choices=[('target', '目标'), ('coverage', '服务数量'), ('input', '投入'), ('period', '时限频次'), ('qualifier', '门槛'), ('structure', '方案构成')], max_length=24)),
                ('kind', models.CharField(choices=[('total', '总量'), ('increment', '增量'), ('growth_rate', '增长率'), ('rate', '比率'), ('count', '数量'), ('amount', '规模'), ('standard', '标准'), ('deadline', '时限'), ('frequency', '频次')], max_length=24)),
                ('measure', models.CharField(blank=True, max_length=24)),
                ('scope', models.CharField(blank=True, max_length=60)),
                ('direction', models.CharField(choices=[('up', '越高越好'), ('down', '越低越好')], max_length=24)),
                ('aggregation', models.CharField(choices=[('sum', '各地相加'), ('weighted', '加权平均'), ('each', '各地分别达到')], max_length=24)),
                ('weight', models.CharField(blank=True, max_length=120)),
                ('frequency', models.CharField(choices=[('month', '每月'), ('quarter', '每季度'), ('half_year', '每半年'), ('year', '每年')], max_length=24)),
                ('per', models.CharField(blank=True, max_length=40)),
                ('modality', models.CharField(blank=True, max_length=24)),
                ('is_approximate', models.BooleanField(default=False)),
                ('is_implied', models.BooleanField(default=False)),
                ('is_damaged', models.BooleanField(default=False)),
                ('text', models.TextField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='plans.plan')),
            ],
            options={
                'db_table': 'plans_indicator',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('document', models.CharField(max_length=80)),
                ('clause_start', models.PositiveIntegerField()),
                ('clause_end', models.PositiveIntegerField()),
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('comparator', models.CharField(choices=[('>=', '不低于'), ('<=', '不超过'), ('=', '达到'), ('>', '超过'), ('<', '低于'), ('range', '之间')], max_length=24)),
                ('value', models.DecimalField(decimal_places=6, max_digits=24)),
                ('upper', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('deadline', models.DateField(null=True)),
                ('curve', models.JSONField(null=True)),
                ('aspiration_code', models.CharField(blank=True, max_length=40)),
                ('aspiration_value', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('aspiration_text', models.TextField(blank=True)),
                ('aspiration_start', models.PositiveIntegerField(null=True)),
                ('aspiration_end', models.PositiveIntegerField(null=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='plans.indicator')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'db_table': 'plans_target',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('document', models.CharField(max_length=80)),
                ('clause_start', models.PositiveIntegerField()),
                ('clause_end', models.PositiveIntegerField()),
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('platform_cultivation', '平台培育'), ('enterprise_service', '服务企业'), ('project_service', '服务项目'), ('livelihood_work', '民心工程'), ('special_action', '专项行动'), ('micro_item', '民生微实事')], max_length=24)),
                ('section', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=120)),
                ('content', models.TextField()),
                ('is_damaged', models.BooleanField(default=False)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_out_by', to='plans.task')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='plans.plan')),
            ],
            options={
                'db_table': 'plans_task',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='task',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='plans.task'),
        ),
        migrations.CreateModel(
            name='TaskUnit',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('role', models.CharField(choices=[('lead', '牵头'), ('support', '配合'), ('joint', '各自负责'), ('responsible', '负责')], max_length=24)),
                ('part', models.CharField(blank=True, max_length=200)),
                ('as_printed', models.CharField(max_length=120)),
                ('is_collective', models.BooleanField(default=False)),
                ('is_open', models.BooleanField(default=False)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='plans.task')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'plans_task_unit',
            },
        ),
        migrations.CreateModel(
            name='IndicatorLink',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('relation', models.CharField(choices=[('restated_by', '重复表述为'), ('part_of', '属于其中')], max_length=24)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='plans.indicator')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_here', to='plans.indicator')),
            ],
            options={
                'db_table': 'plans_indicator_link',
                'constraints': [models.UniqueConstraint(fields=('indicator', 'relation', 'other'), name='plans_indicator_link_once'), models.CheckConstraint(condition=models.Q(('indicator', models.F('other')), _negated=True), name='plans_indicator_link_other', violation_error_message='指标不能与自己相连。')],
            },
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('campaign', 'version'), name='plans_plan_version', violation_error_message='这个活动的方案已有这一版。'),
        ),
        migrations.AddIndex(
            model_name='target',
            index=models.Index(fields=['region', 'indicator'], name='plans_target_region'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('clause_start__lt', models.F('clause_end'))), name='plans_target_clause', violation_error_message='条款的起点要在终点之前。'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('indicator', 'region'), name='plans_target_once', violation_error_message='一个指标在一个区划只定一个目标值。'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comparator', 'range'), ('upper__gte', models.F('value'))), models.Q(models.Q(('comparator', 'range'), _negated=True), ('upper__isnull', True)), _connector='OR'), name='plans_target_range', violation_error_message='区间目标要写下限和上限，其他目标只写一个值。'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('clause_start__lt', models.F('clause_end'))), name='plans_task_clause', violation_error_message='条款的起点要在终点之前。'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='plans_task_number', violation_error_message='方案里这个任务编号已经用过。'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='plans_task_not_own_parent', violation_error_message='任务不能以自己为上级任务。'),
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(fields=['task', 'position'], name='plans_indicator_task'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('clause_start__lt', models.F('clause_end'))), name='plans_indicator_clause', violation_error_message='条款的起点要在终点之前。'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('plan', 'code'), name='plans_indicator_code', violation_error_message='方案里这个指标编号已经用过。'),
        ),
        migrations.AddIndex(
            model_name='taskunit',
            index=models.Index(fields=['unit', 'role'], name='plans_task_unit_unit'),
        ),
        migrations.AddConstraint(
            model_name='taskunit',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('task', 'position'), name='plans_task_unit_position'),
        ),
        migrations.AddConstraint(
            model_name='taskunit',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('task', 'unit', 'role', 'part'), name='plans_task_unit_once', violation_error_message='同一单位在一项任务里以同一身份只写一次。'),
        ),
        migrations.AddConstraint(
            model_name='taskunit',
            constraint=models.CheckConstraint(condition=models.Q(('unit__isnull', False), ('is_collective', True), _connector='OR'), name='plans_task_unit_named', violation_error_message='任务的单位要对应一个单位，或者注明是集体名称。'),
        ),
    ]
