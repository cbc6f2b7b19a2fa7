"""Complaints with their parties and steps, and who receives them."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_wall'),
        ('problems', '0002_wall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Rulebook',
            fields=[
                ('campaign', models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ('receivers', models.JSONField(default=list)),
                ('acknowledge_workdays', models.PositiveSmallIntegerField()),
                ('notify_workdays', models.PositiveSmallIntegerField()),
                ('source', models.TextField()),
            ],
            options={
                'db_table': 'complaints_rulebook',
            },
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('campaign', models.SlugField(max_length=40)),
                ('accused_person', models.CharField(blank=True, max_length=120)),
                ('happened', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('is_unnamed', models.BooleanField(default=False)),
                ('complainant_name', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('sent', '待签收'), ('handling', '办理中'), ('asked', '待投诉人补充'), ('referred', '已移送，待签收'), ('notified', '已告知结果')], max_length=24)),
                ('asks', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('warn_at', models.DateTimeField(null=True)),
                ('notify_due_at', models.DateTimeField()),
                ('notify_warn_at', models.DateTimeField()),
                ('due_is_provisional', models.BooleanField(default=False)),
                ('submitted_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('accused_region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('accused_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('problem', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
            ],
            options={
                'db_table': 'complaints_complaint',
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('pk', models.CompositePrimaryKey('unit_id', 'complaint_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('complainant', '投诉人'), ('receiver', '受理机构'), ('referred', '移送承办')], max_length=24)),
                ('since', models.DateTimeField()),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='complaints.complaint')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'complaints_party',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(choices=[('submit', '投诉'), ('seal', '转入密封渠道'), ('acknowledge', '签收'), ('ask', '请补充'), ('supply', '补充情况'), ('refer', '移送'), ('notify', '告知结果')], max_length=24)),
                ('at', models.DateTimeField()),
                ('text', models.TextField(blank=True)),
                ('to_body', models.CharField(blank=True, max_length=120)),
                ('letter_number', models.CharField(blank=True, max_length=60)),
                ('letter_on', models.DateField(null=True)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='complaints.complaint')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'complaints_step',
            },
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('accused_unit__isnull', False), models.Q(('accused_person', ''), _negated=True), _connector='OR'), name='complaints_about_somebody', violation_error_message='请写明投诉的单位或人员。'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('is_unnamed', False), ('complainant_name', ''), _connector='OR'), name='complaints_unnamed_has_no_name', violation_error_message='隐名的投诉不记投诉人名称。'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('state', 'notified')), models.Q(models.Q(('state', 'notified'), _negated=True), ('due_at__isnull', False)), _connector='OR'), name='complaints_open_has_a_limit', violation_error_message='没有办完的密封件必须有时限。'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['complaint'], name='complaints_party_complaint'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['complaint', 'at'], name='complaints_step_complaint'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', 'refer'), _negated=True), models.Q(models.Q(('letter_number', ''), _negated=True), ('letter_on__isnull', False)), _connector='OR'), name='complaints_referred_by_letter', violation_error_message='移送须有函件编号和日期。'),
        ),
    ]
