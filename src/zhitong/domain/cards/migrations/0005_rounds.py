"""Lists and care frozen when a round opens, excuses, cards filled in for firms, acceptance level by level, reminders, flags."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models


AWAITING = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE cards_card SET awaiting_unit_id = collecting_unit_id WHERE state = 'submitted';
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cards', '0004_wall_of_templates'),
        ('organisations', '0005_successors'),
        ('subjects', '0004_care_of_ones_territory'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('waited_from', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('is_final', models.BooleanField()),
            ],
            options={
                'db_table': 'cards_acceptance',
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('state', models.CharField(choices=[('asked', '待审批'), ('granted', '已同意'), ('declined', '未同意')], max_length=24)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision', models.TextField(blank=True)),
                ('open_until', models.DateField(null=True)),
            ],
            options={
                'db_table': 'cards_correction',
            },
        ),
        migrations.CreateModel(
            name='Excuse',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(choices=[('refused', '拒报'), ('unreachable', '无法联系'), ('suspended', '停产停业'), ('moved_out', '已迁出'), ('deregistered', '已注销')], max_length=24)),
                ('proof', models.TextField()),
                ('state', models.CharField(choices=[('asked', '待审批'), ('granted', '已同意'), ('declined', '未同意')], max_length=24)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision', models.TextField(blank=True)),
            ],
            options={
                'db_table': 'cards_excuse',
            },
        ),
        migrations.CreateModel(
            name='Flagged',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('round_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('one_origin', '多户同一设备或地址报送'), ('identical', '与其他卡片数字完全相同'), ('round_figures', '数字过于整齐'), ('as_last', '与上期完全相同')], max_length=24)),
                ('words', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'cards_flag',
            },
        ),
        migrations.CreateModel(
            name='ObligationList',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'cards_obligation_list',
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('level', models.CharField(choices=[('firm', '企业'), ('person', '责任人'), ('unit', '帮包单位'), ('office', '收卡办公室')], max_length=24)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'cards_reminder',
            },
        ),
        migrations.CreateModel(
            name='Timetable',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40)),
                ('template_code', models.SlugField(max_length=40)),
                ('opens_day', models.PositiveSmallIntegerField()),
                ('due_day', models.PositiveSmallIntegerField()),
                ('locked_day', models.PositiveSmallIntegerField()),
                ('review_ranks', models.JSONField(default=list)),
                ('grace', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'cards_timetable',
            },
        ),
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('card', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='trace', serialize=False, to='cards.card')),
                ('round_id', models.UUIDField()),
                ('sent_at', models.DateTimeField()),
                ('origin', models.CharField(blank=True, max_length=32)),
                ('figures', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'db_table': 'cards_trace',
            },
        ),
        migrations.RemoveIndex(
            model_name='card',
            name='cards_to_review',
        ),
        migrations.AddField(
            model_name='card',
            name='awaiting_unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='card',
            name='confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='card',
            name='disputed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='card',
            name='filled_by',
            field=models.CharField(choices=[('own', '企业自填'), ('for_firm', '代填')], default='own', max_length=24),
        ),
        migrations.AddField(
            model_name='card',
            name='filled_from',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='card',
            name='filled_in',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='card',
            name='open_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='obligation',
            name='caring_unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='excuse',
            field=models.CharField(blank=True, choices=[('refused', '拒报'), ('unreachable', '无法联系'), ('suspended', '停产停业'), ('moved_out', '已迁出'), ('deregistered', '已注销')], max_length=24),
        ),
        migrations.AddField(
            model_name='obligation',
            name='person_in_charge',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='obligation',
            name='remind_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='round',
            name='grace',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='round',
            name='review_ranks',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='card',
            name='state',
            field=models.CharField(choices=[('draft', '填报中'), ('submitted', '已报送'), ('passed', '待上级审核'), ('returned', '已退回'), ('accepted', '已通过')], max_length=24),
        ),
        migrations.RunSQL(AWAITING, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('awaiting_unit__isnull', False)), fields=['awaiting_unit', 'submitted_at'], name='cards_to_review'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('caring_unit__isnull', False)), fields=['caring_unit', 'round'], name='cards_obligation_caring'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('remind_on__isnull', False)), fields=['remind_on', 'id'], name='cards_obligation_remind'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('filled_by', 'own'), models.Q(models.Q(('filled_from', ''), _negated=True), ('filled_in__isnull', False)), _connector='OR'), name='cards_filled_for_says_from_what', violation_error_message='代填的卡片须写明由谁、根据什么填写。'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('disputed_at__isnull', True), _connector='OR'), name='cards_one_answer', violation_error_message='代填的卡片不能既确认又有异议。'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('awaiting_unit__isnull', False), ('state__in', ['submitted', 'passed'])), models.Q(models.Q(('state__in', ['submitted', 'passed']), _negated=True), ('awaiting_unit__isnull', True)), _connector='OR'), name='cards_awaiting_while_reviewed', violation_error_message='待审核的卡片须有审核单位。'),
        ),
        migrations.AddField(
            model_name='acceptance',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='cards.card'),
        ),
        migrations.AddField(
            model_name='acceptance',
            name='person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='acceptance',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='correction',
            name='asked_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='cards.card'),
        ),
        migrations.AddField(
            model_name='correction',
            name='decided_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='decider',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='excuse',
            name='asked_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='excuse',
            name='asked_in',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='excuse',
            name='decided_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='excuse',
            name='decider',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='excuse',
            name='obligation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='excuses', to='cards.obligation'),
        ),
        migrations.AddField(
            model_name='flagged',
            name='answered_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='flagged',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='cards.card'),
        ),
        migrations.AddField(
            model_name='flagged',
            name='region',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region'),
        ),
        migrations.AddField(
            model_name='obligationlist',
            name='list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.assistancelist'),
        ),
        migrations.AddField(
            model_name='obligationlist',
            name='obligation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='cards.obligation'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='obligation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='cards.obligation'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='reminded_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddConstraint(
            model_name='timetable',
            constraint=models.UniqueConstraint(fields=('campaign', 'template_code'), name='cards_timetable_once'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('origin', ''), _negated=True), fields=['origin', 'sent_at'], name='cards_trace_origin'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('figures', ''), _negated=True), fields=['round_id', 'figures'], name='cards_trace_figures'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.UniqueConstraint(fields=('card', 'version'), name='cards_acceptance_once'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['decider', 'asked_at'], name='cards_correction_to_decide'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('card',), name='cards_correction_one_asked', violation_error_message='这张卡已有一份更正申请等待审批。'),
        ),
        migrations.AddIndex(
            model_name='excuse',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['decider', 'asked_at'], name='cards_excuse_to_decide'),
        ),
        migrations.AddConstraint(
            model_name='excuse',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('obligation',), name='cards_excuse_one_asked', violation_error_message='这一户已有一份说明等待审批。'),
        ),
        migrations.AddConstraint(
            model_name='excuse',
            constraint=models.CheckConstraint(condition=models.Q(('proof', ''), _negated=True), name='cards_excuse_has_proof', violation_error_message='请写明依据。'),
        ),
        migrations.AddIndex(
            model_name='flagged',
            index=models.Index(fields=['round_id', 'region', '-id'], name='cards_flag_round'),
        ),
        migrations.AddConstraint(
            model_name='flagged',
            constraint=models.UniqueConstraint(fields=('card', 'kind'), name='cards_flagged_once'),
        ),
        migrations.AddConstraint(
            model_name='obligationlist',
            constraint=models.UniqueConstraint(fields=('obligation', 'list'), name='cards_obligation_list_once'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('obligation', 'unit', 'on'), name='cards_reminded_once_a_day'),
        ),
    ]
