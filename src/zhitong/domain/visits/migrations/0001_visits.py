"""Plans, visits, promises, problems raised in place, and who wants no visits."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0005_successors'),
        ('problems', '0014_desks'),
        ('subjects', '0006_known_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('planned_on', models.DateField()),
                ('who', models.CharField(max_length=120)),
                ('purpose', models.CharField(blank=True, default='', max_length=200)),
                ('despite_quiet', models.CharField(blank=True, default='', max_length=200)),
                ('together', models.UUIDField()),
                ('state', models.CharField(choices=[('planned', '计划中'), ('done', '已走访'), ('called_off', '已取消')], default='planned', max_length=24)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('planned_at', models.DateTimeField()),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'visits_plan',
            },
        ),
        migrations.CreateModel(
            name='Quiet',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(blank=True, default='', max_length=200)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'visits_quiet',
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('tier', models.CharField(blank=True, choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('township', '乡级')], default='', max_length=24)),
                ('kind', models.CharField(choices=[('visit', '实地走访'), ('call', '电话联系')], max_length=24)),
                ('happened_on', models.DateField()),
                ('lead_official', models.CharField(max_length=40)),
                ('by_liaison', models.BooleanField(default=False)),
                ('went', models.CharField(blank=True, default='', max_length=120)),
                ('words', models.TextField(blank=True, default='')),
                ('confirmation', models.CharField(choices=[('awaited', '待企业确认'), ('confirmed', '企业已确认'), ('denied', '企业反映没有来过')], default='awaited', max_length=24)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('said', models.CharField(blank=True, default='', max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('plan', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visits.plan')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                ('subject_unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'visits_visit',
            },
        ),
        migrations.CreateModel(
            name='Raised',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('problem', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='raised', to='visits.visit')),
            ],
            options={
                'db_table': 'visits_raised',
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', '待兑现'), ('kept', '已兑现'), ('broken', '没有兑现')], default='open', max_length=24)),
                ('note', models.CharField(blank=True, default='', max_length=300)),
                ('settled_on', models.DateField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='visits.visit')),
            ],
            options={
                'db_table': 'visits_promise',
            },
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['subject', 'planned_on'], name='visits_plan_of_subject'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['unit', 'state', 'planned_on'], name='visits_plan_of_unit'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['together'], name='visits_plan_together'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('subject', 'unit', 'planned_on'), name='visits_plan_once', violation_error_message='本单位这一天已有走访计划。'),
        ),
        migrations.AddConstraint(
            model_name='quiet',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('subject',), name='visits_quiet_once', violation_error_message='已经登记过无事不扰。'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['subject', '-happened_on'], name='visits_visit_of_subject'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['unit', '-id'], name='visits_visit_of_unit'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['region', '-id'], name='visits_visit_of_region'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('confirmation', 'awaited')), fields=['subject_unit', '-id'], name='visits_visit_awaited'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmation', 'awaited'), ('confirmed_at__isnull', True)), models.Q(models.Q(('confirmation', 'awaited'), _negated=True), ('confirmed_at__isnull', False)), _connector='OR'), name='visits_confirmed_at_a_moment', violation_error_message='企业确认须有确认时间。'),
        ),
        migrations.AddConstraint(
            model_name='raised',
            constraint=models.UniqueConstraint(fields=('visit', 'position'), name='visits_raised_once'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['unit', 'due_on'], name='visits_promise_open'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.UniqueConstraint(fields=('visit', 'position'), name='visits_promise_once'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_on__isnull', False)), _connector='OR'), name='visits_promise_settled_on_a_day', violation_error_message='兑现情况须有登记日期。'),
        ),
    ]
