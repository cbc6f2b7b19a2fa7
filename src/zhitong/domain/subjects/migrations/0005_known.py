"""The register grows: four addresses, the life of a project, dated facts, qualifications, elements, and how one ends."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_successors'),
        ('subjects', '0004_care_of_ones_territory'),
    ]

    operations = [
        migrations.AddField(
            model_name='care',
            name='liaison',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='care',
            name='liaison_phone',
            field=models.CharField(blank=True, default='', max_length=30),
        ),
        migrations.AddField(
            model_name='care',
            name='person_phone',
            field=models.CharField(blank=True, default='', max_length=30),
        ),
        migrations.AddField(
            model_name='care',
            name='reason',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='care',
            name='task_force',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='subject',
            name='address',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='subject',
            name='diagnosis',
            field=models.CharField(blank=True, choices=[('profitable', '盈利'), ('thin', '微利'), ('difficult', '困难')], default='', max_length=24),
        ),
        migrations.AddField(
            model_name='subject',
            name='diagnosis_words',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='subject',
            name='ended_reason',
            field=models.CharField(blank=True, choices=[('merged', '并入另一户'), ('deregistered', '已注销'), ('moved_out', '已迁出'), ('mistaken', '登记有误')], default='', max_length=24),
        ),
        migrations.AddField(
            model_name='subject',
            name='finished_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='subject',
            name='importance',
            field=models.CharField(blank=True, choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('township', '乡级')], default='', max_length=24),
        ),
        migrations.AddField(
            model_name='subject',
            name='invested_cny',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='subject',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject'),
        ),
        migrations.AddField(
            model_name='subject',
            name='name_key',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='subject',
            name='planned_finish_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='subject',
            name='planned_start_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='subject',
            name='progress_words',
            field=models.CharField(blank=True, default='', max_length=400),
        ),
        migrations.AddField(
            model_name='subject',
            name='registered_address',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='subject',
            name='registered_region',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region'),
        ),
        migrations.AddField(
            model_name='subject',
            name='started_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='subject',
            name='statistics_region',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region'),
        ),
        migrations.AddField(
            model_name='subject',
            name='tax_region',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region'),
        ),
        migrations.AddField(
            model_name='subject',
            name='tier_reason',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='subject',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.CreateModel(
            name='DatedFact',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(choices=[('revenue_cny', '营业收入'), ('profit_cny', '利润总额'), ('tax_cny', '上缴税金'), ('assets_cny', '资产总额'), ('liabilities_cny', '负债总额'), ('employees', '从业人数'), ('research_cny', '研发投入'), ('invested_cny', '完成投资'), ('hatched_firms', '在孵企业数')], max_length=40)),
                ('period', models.CharField(max_length=12)),
                ('value', models.DecimalField(decimal_places=4, max_digits=20)),
                ('source', models.CharField(choices=[('registry', '登记'), ('card', '卡片填报'), ('sheet', '表格导入'), ('system', '系统接入')], max_length=24)),
                ('source_id', models.UUIDField(null=True)),
                ('noted_at', models.DateTimeField()),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='subjects.subject')),
            ],
            options={
                'db_table': 'subjects_fact',
                'constraints': [models.UniqueConstraint(fields=('subject', 'code', 'period'), name='subjects_fact_once', violation_error_message='这一期的这项数据已经有了，请更正原来的数。')],
            },
        ),
        migrations.CreateModel(
            name='ElementRow',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('element', models.CharField(choices=[('approval', '审批'), ('land', '用地'), ('finance', '资金'), ('technology', '技术'), ('environment', '环保'), ('utilities', '配套设施')], max_length=24)),
                ('name', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('missing', '未办'), ('under_way', '办理中'), ('done', '已办结'), ('not_needed', '不需要')], max_length=24)),
                ('done_on', models.DateField(null=True)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='elements', to='subjects.subject')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'subjects_element',
                'constraints': [models.UniqueConstraint(fields=('subject', 'name'), name='subjects_element_once', violation_error_message='这个要件已经在清单里。'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', False), _connector='OR'), name='subjects_element_done_on', violation_error_message='已办结的要件须写明办结日期。')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('evidence', models.CharField(blank=True, default='', max_length=200)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='subjects.subject')),
            ],
            options={
                'db_table': 'subjects_mark',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('subject', 'code'), name='subjects_mark_once', violation_error_message='这项资质已经登记。'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='subjects_mark_days', violation_error_message='资质的失效日期不能早于取得日期。')],
            },
        ),
    ]
