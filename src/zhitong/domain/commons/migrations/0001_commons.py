"""Common problems, what their offices wrote for themselves, and their members."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0003_keepers_of_calendars'),
        ('problems', '0006_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Common',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('campaign', models.SlugField(max_length=40)),
                ('title', models.CharField(max_length=120)),
                ('category', models.CharField(max_length=40)),
                ('treatment', models.CharField(choices=[('gather', '归口办理'), ('answer', '统一答复')], max_length=24)),
                ('state', models.CharField(choices=[('studied', '研究解决中'), ('answered', '已统一答复'), ('closed', '已办结')], max_length=24)),
                ('due_at', models.DateTimeField()),
                ('warn_at', models.DateTimeField()),
                ('due_is_provisional', models.BooleanField(default=False)),
                ('outcome', models.CharField(blank=True, choices=[('solved', '已解决'), ('partly', '部分解决'), ('explained', '解释说明'), ('planned', '列入计划'), ('cannot', '无法解决')], default='', max_length=24)),
                ('answer', models.TextField(blank=True, default='')),
                ('planned_on', models.DateField(null=True)),
                ('power_missing', models.CharField(blank=True, choices=[('authority', '缺少审批或决定权限'), ('resources', '缺少资金、指标等资源'), ('across', '跨区域、跨部门需上级协调'), ('policy', '现行政策不明确或需要调整')], default='', max_length=24)),
                ('established_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('last_at', models.DateTimeField()),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'db_table': 'commons_common',
            },
        ),
        migrations.CreateModel(
            name='Brief',
            fields=[
                ('common', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='brief', serialize=False, to='commons.common')),
                ('asked', models.TextField()),
                ('measures', models.TextField(blank=True, default='')),
                ('closing', models.TextField(blank=True, default='')),
            ],
            options={
                'db_table': 'commons_brief',
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('membership', models.CharField(choices=[('joined', '已纳入'), ('taken_out', '已移出'), ('settled', '随共性问题办结')], max_length=24)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('common', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='commons.common')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
            ],
            options={
                'db_table': 'commons_member',
            },
        ),
        migrations.AddIndex(
            model_name='common',
            index=models.Index(fields=['region', '-id'], name='commons_by_region'),
        ),
        migrations.AddIndex(
            model_name='common',
            index=models.Index(fields=['lead', '-id'], name='commons_by_lead'),
        ),
        migrations.AddConstraint(
            model_name='common',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='commons_closed_has_a_time', violation_error_message='办结的共性问题须有办结时间。'),
        ),
        migrations.AddConstraint(
            model_name='common',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='commons_answered_has_an_answer', violation_error_message='已统一答复的须有结果和内容。'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(fields=['common', 'id'], name='commons_member_common'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(fields=['problem'], name='commons_member_problem'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('membership', 'joined')), fields=('problem',), name='commons_one_at_a_time', violation_error_message='一个问题同时只能属于一件共性问题。'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('membership', 'joined'), ('until__isnull', True)), models.Q(models.Q(('membership', 'joined'), _negated=True), ('until__isnull', False)), _connector='OR'), name='commons_joined_has_no_end', violation_error_message='移出或办结的成员须有时间。'),
        ),
    ]
