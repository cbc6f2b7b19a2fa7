"""Urgings, supervisions with their counter, instructions with their items."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_wall'),
        ('problems', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Instruction',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('words', '批示'), ('read', '圈阅')], max_length=24)),
                ('leader', models.CharField(max_length=40)),
                ('leader_title', models.CharField(max_length=60)),
                ('instructed_on', models.DateField()),
                ('registered_at', models.DateTimeField()),
                ('paper_title', models.CharField(blank=True, max_length=200)),
                ('paper_number', models.CharField(blank=True, max_length=60)),
                ('photo', models.UUIDField(null=True)),
                ('by_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('by_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'db_table': 'supervision_instruction',
            },
        ),
        migrations.CreateModel(
            name='InstructionCase',
            fields=[
                ('pk', models.CompositePrimaryKey('instruction_id', 'problem_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('confidential', models.BooleanField()),
                ('instruction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='supervision.instruction')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
            ],
            options={
                'db_table': 'supervision_instruction_case',
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('assigned', '待办理'), ('reported', '已报办理情况'), ('ended', '领导已阅批')], max_length=24)),
                ('demand', models.TextField()),
                ('assigned_at', models.DateTimeField()),
                ('warn_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('report', models.TextField(blank=True)),
                ('reported_at', models.DateTimeField(null=True)),
                ('presented_on', models.DateField(null=True)),
                ('answer_kind', models.CharField(blank=True, choices=[('words', '批示'), ('read', '圈阅')], max_length=24)),
                ('answer_words', models.TextField(blank=True)),
                ('answered_on', models.DateField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('instruction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='supervision.instruction')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'supervision_item',
            },
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('grade', models.CharField(choices=[('ordinary', '一般督办'), ('key', '重点督办'), ('listed', '挂牌督办')], max_length=24)),
                ('state', models.CharField(choices=[('drafted', '待签发'), ('issued', '待反馈'), ('answered', '已反馈'), ('returned', '退回重报'), ('accepted', '已办结')], max_length=24)),
                ('demand', models.TextField()),
                ('workdays', models.PositiveSmallIntegerField()),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('serial', models.PositiveIntegerField(null=True)),
                ('number', models.CharField(blank=True, max_length=100)),
                ('signed_by', models.CharField(blank=True, max_length=60)),
                ('signed_on', models.DateField(null=True)),
                ('issued_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('warn_at', models.DateTimeField(null=True)),
                ('due_words', models.TextField(blank=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('first_answered_at', models.DateTimeField(null=True)),
                ('return_reason', models.TextField(blank=True)),
                ('returns', models.PositiveSmallIntegerField(default=0)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('opinion', models.TextField(blank=True)),
                ('by_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('unit_region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'db_table': 'supervision_supervision',
            },
        ),
        migrations.CreateModel(
            name='SupervisionCase',
            fields=[
                ('pk', models.CompositePrimaryKey('supervision_id', 'problem_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
                ('supervision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='supervision.supervision')),
            ],
            options={
                'db_table': 'supervision_case',
            },
        ),
        migrations.CreateModel(
            name='Urging',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('remind', '催办'), ('supervise', '督办'), ('instruct', '批示')], max_length=24)),
                ('by_reporter', models.BooleanField(default=False)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('effect_due_at', models.DateTimeField()),
                ('effect', models.CharField(blank=True, max_length=60)),
                ('effect_at', models.DateTimeField(null=True)),
                ('by_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('instruction', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='urgings', to='supervision.instruction')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
                ('supervision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='urgings', to='supervision.supervision')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'supervision_urging',
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'supervision_counter',
                'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='supervision_one_counter')],
            },
        ),
        migrations.CreateModel(
            name='InstructionText',
            fields=[
                ('instruction', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='supervision.instruction')),
                ('words', models.TextField()),
                ('confidential_cases', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'db_table': 'supervision_instruction_text',
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='instruction_has_words', violation_error_message='批示须逐字登记。')],
            },
        ),
        migrations.AddIndex(
            model_name='instruction',
            index=models.Index(fields=['by_unit', '-id'], name='instruction_by_unit'),
        ),
        migrations.AddIndex(
            model_name='instruction',
            index=models.Index(fields=['region', '-id'], name='instruction_by_region'),
        ),
        migrations.AddIndex(
            model_name='instructioncase',
            index=models.Index(fields=['problem'], name='instruction_case_problem'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['instruction', 'id'], name='supervision_item_of'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('state', 'ended'), _negated=True), fields=['unit', 'due_at', 'id'], name='supervision_item_open'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('answered_on__gte', models.F('presented_on')), ('ended_at__isnull', False), ('presented_on__isnull', False), models.Q(('answer_kind', ''), _negated=True), models.Q(('report', ''), _negated=True)), _connector='OR'), name='supervision_item_answered', violation_error_message='专报呈报领导并登记答复后，批示事项才算结束。'),
        ),
        migrations.AddIndex(
            model_name='supervision',
            index=models.Index(fields=['by_unit', '-id'], name='supervision_by_issuer'),
        ),
        migrations.AddIndex(
            model_name='supervision',
            index=models.Index(fields=['unit', '-id'], name='supervision_by_unit'),
        ),
        migrations.AddIndex(
            model_name='supervision',
            index=models.Index(fields=['unit_region', '-id'], name='supervision_by_region'),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=models.UniqueConstraint(fields=('by_unit', 'year', 'serial'), name='supervision_number_once', violation_error_message='督办单编号不能重复。'),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('number', ''), ('serial__isnull', True), ('state', 'drafted')), models.Q(models.Q(('state', 'drafted'), _negated=True), ('due_at__isnull', False), ('issued_at__isnull', False), ('serial__isnull', False), ('signed_on__isnull', False), ('year__isnull', False), models.Q(('number', ''), _negated=True)), _connector='OR'), name='supervision_numbered_at_signing', violation_error_message='督办单签发时才有编号、时限和签发人。'),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=models.CheckConstraint(condition=models.Q(('returns__lte', 1)), name='supervision_returned_once', violation_error_message='反馈只能退回一次。'),
        ),
        migrations.AddIndex(
            model_name='supervisioncase',
            index=models.Index(fields=['problem'], name='supervision_case_problem'),
        ),
        migrations.AddIndex(
            model_name='urging',
            index=models.Index(fields=['problem', '-id'], name='supervision_urging_problem'),
        ),
        migrations.AddIndex(
            model_name='urging',
            index=models.Index(fields=['unit', 'at'], name='supervision_urging_unit'),
        ),
        migrations.AddIndex(
            model_name='urging',
            index=models.Index(condition=models.Q(('effect_at__isnull', True)), fields=['problem', 'unit'], name='supervision_urging_waits'),
        ),
        migrations.AddConstraint(
            model_name='urging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('effect', ''), ('effect_at__isnull', True)), models.Q(models.Q(('effect', ''), _negated=True), ('effect_at__gt', models.F('at')), ('effect_at__lte', models.F('effect_due_at'))), _connector='OR'), name='supervision_effect_in_time', violation_error_message='成效须在催办后两个工作日内。'),
        ),
        migrations.AddConstraint(
            model_name='urging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('instruction__isnull', True), ('kind', 'remind'), ('supervision__isnull', True)), models.Q(('instruction__isnull', True), ('kind', 'supervise'), ('supervision__isnull', False)), models.Q(('instruction__isnull', False), ('kind', 'instruct'), ('supervision__isnull', True)), _connector='OR'), name='supervision_urging_of_its_kind', violation_error_message='督办、批示须对应一份督办单或一条批示。'),
        ),
    ]
