"""Problems, the typed rows of their way, and the rulebook."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_wall'),
        ('organisations', '0002_wall'),
        ('subjects', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40)),
                ('kind', models.CharField(max_length=24)),
                ('code', models.SlugField(max_length=40)),
                ('label', models.CharField(max_length=60)),
                ('help', models.CharField(blank=True, max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'problems_category',
                'constraints': [models.UniqueConstraint(fields=('campaign', 'kind', 'code'), name='problems_category_once')],
            },
        ),
        migrations.CreateModel(
            name='LimitRow',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(choices=[('dispatch', '交办'), ('acknowledge', '签收'), ('first_contact', '首次联系'), ('stage_reply', '阶段性答复'), ('complete', '办结'), ('send_back', '退回'), ('answer_down', '向下级传答复'), ('review', '复核'), ('decline', '不予受理告知'), ('confirm', '企业确认'), ('close_off', '销号')], max_length=24)),
                ('amount', models.PositiveIntegerField()),
                ('unit', models.CharField(max_length=24)),
                ('asks', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'problems_limit',
                'constraints': [models.UniqueConstraint(fields=('campaign', 'position'), name='problems_limit_once')],
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('campaign', models.SlugField(max_length=40)),
                ('source', models.CharField(choices=[('card', '反馈卡'), ('report', '我要反映问题'), ('api', '其他系统')], max_length=24)),
                ('nature', models.CharField(choices=[('request', '诉求'), ('inquiry', '咨询'), ('suggestion', '建议')], max_length=24)),
                ('subject_name', models.CharField(max_length=120)),
                ('subject_kind', models.CharField(max_length=24)),
                ('category', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('known_to_head', models.BooleanField(default=False)),
                ('confidential', models.BooleanField(default=False)),
                ('urgency', models.CharField(choices=[('ordinary', '一般'), ('urgent', '紧急')], max_length=24)),
                ('tier', models.CharField(blank=True, max_length=24)),
                ('card_row', models.UUIDField(null=True, unique=True)),
                ('state', models.CharField(choices=[('submitted', '待受理'), ('asked', '待补正'), ('accepted', '待交办'), ('dispatched', '待签收'), ('handling', '办理中'), ('proposed', '拟提请上级'), ('returning', '答复返回中'), ('answered', '待企业确认'), ('review', '复核中'), ('confirmed', '待销号'), ('closed', '已销号'), ('declined', '不予受理'), ('ended', '终结')], max_length=24)),
                ('outcome', models.CharField(blank=True, choices=[('solved', '已解决'), ('partly', '部分解决'), ('explained', '解释说明'), ('planned', '列入计划'), ('cannot', '无法解决')], max_length=24)),
                ('rating', models.CharField(blank=True, choices=[('satisfied', '满意'), ('basically', '基本满意'), ('dissatisfied', '不满意')], max_length=24)),
                ('decline_reason', models.CharField(blank=True, choices=[('not_government', '不属于政府协调解决的事项'), ('in_court', '已进入诉讼、仲裁、行政复议程序'), ('complaint', '属于信访或纪检监察受理范围'), ('classified', '内容可能涉及国家秘密'), ('unclear', '补正后仍不能确定所反映的事项')], max_length=24)),
                ('routing_words', models.TextField(blank=True)),
                ('rule_code', models.CharField(blank=True, max_length=60)),
                ('stage', models.CharField(blank=True, choices=[('dispatch', '交办'), ('acknowledge', '签收'), ('first_contact', '首次联系'), ('stage_reply', '阶段性答复'), ('complete', '办结'), ('send_back', '退回'), ('answer_down', '向下级传答复'), ('review', '复核'), ('decline', '不予受理告知'), ('confirm', '企业确认'), ('close_off', '销号')], max_length=24)),
                ('stage_due_at', models.DateTimeField(null=True)),
                ('warn_at', models.DateTimeField(null=True)),
                ('due_is_provisional', models.BooleanField(default=False)),
                ('first_due_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('submitted_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('asks', models.PositiveSmallIntegerField(default=0)),
                ('send_backs', models.PositiveSmallIntegerField(default=0)),
                ('rejections', models.PositiveSmallIntegerField(default=0)),
                ('climbs', models.PositiveSmallIntegerField(default=0)),
                ('last_act', models.CharField(max_length=24)),
                ('last_at', models.DateTimeField()),
                ('accountable_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('last_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('level_region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.line')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('relay_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('reporter_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
            ],
            options={
                'db_table': 'problems_problem',
            },
        ),
        migrations.CreateModel(
            name='Spell',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('intake', '受理'), ('desk', '待交办'), ('handling', '办理'), ('review', '复核')], max_length=24)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('first_due_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('previous', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.spell')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spells', to='problems.problem')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'problems_spell',
            },
        ),
        migrations.AddField(
            model_name='problem',
            name='open_spell',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.spell'),
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('proposed', '待本级审核'), ('refused', '本级未同意'), ('sent', '已提请上级'), ('more', '上级要求补充'), ('own_level', '应由本级解决'), ('answered', '上级已答复')], max_length=24)),
                ('power_missing', models.CharField(choices=[('authority', '缺少审批或决定权限'), ('resources', '缺少资金、指标等资源'), ('across', '跨区域、跨部门需上级协调'), ('policy', '现行政策不明确或需要调整')], max_length=24)),
                ('tried', models.TextField()),
                ('asked_for', models.TextField()),
                ('proposed_at', models.DateTimeField()),
                ('consent_by', models.CharField(blank=True, max_length=60)),
                ('consent_on', models.DateField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('ruling', models.TextField(blank=True)),
                ('ruled_at', models.DateTimeField(null=True)),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('to_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='problems.problem')),
                ('from_spell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.spell')),
            ],
            options={
                'db_table': 'problems_escalation',
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('solved', '已解决'), ('partly', '部分解决'), ('explained', '解释说明'), ('planned', '列入计划'), ('cannot', '无法解决')], max_length=24)),
                ('text', models.TextField()),
                ('planned_on', models.DateField(null=True)),
                ('power_missing', models.CharField(blank=True, choices=[('authority', '缺少审批或决定权限'), ('resources', '缺少资金、指标等资源'), ('across', '跨区域、跨部门需上级协调'), ('policy', '现行政策不明确或需要调整')], max_length=24)),
                ('answered_at', models.DateTimeField()),
                ('shown_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='problems.problem')),
                ('spell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.spell')),
            ],
            options={
                'db_table': 'problems_answer',
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('rating', models.CharField(choices=[('satisfied', '满意'), ('basically', '基本满意'), ('dissatisfied', '不满意')], max_length=24)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='verdict', to='problems.answer')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='problems.problem')),
            ],
            options={
                'db_table': 'problems_verdict',
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('pk', models.CompositePrimaryKey('unit_id', 'problem_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('office', '活动办公室'), ('handler', '承办单位'), ('support', '配合单位'), ('informed', '抄告单位')], max_length=24)),
                ('since', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='problems.problem')),
            ],
            options={
                'db_table': 'problems_party',
                'indexes': [models.Index(fields=['problem'], name='problems_party_problem')],
            },
        ),
        migrations.CreateModel(
            name='Relay',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('due_at', models.DateTimeField(null=True)),
                ('passed_at', models.DateTimeField(null=True)),
                ('by_itself', models.BooleanField(default=False)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relays', to='problems.answer')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relays', to='problems.problem')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'problems_relay',
                'indexes': [models.Index(condition=models.Q(('passed_at__isnull', True)), fields=['due_at'], name='problems_relay_due')],
                'constraints': [models.UniqueConstraint(fields=('answer', 'position'), name='problems_relay_order')],
            },
        ),
        migrations.CreateModel(
            name='RoutingRow',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40)),
                ('code', models.SlugField(max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
                ('support', models.JSONField(default=list)),
                ('asks', models.JSONField(default=dict)),
                ('words', models.TextField()),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.line')),
            ],
            options={
                'db_table': 'problems_routing',
                'constraints': [models.UniqueConstraint(fields=('campaign', 'code'), name='problems_routing_once')],
            },
        ),
        migrations.AddIndex(
            model_name='spell',
            index=models.Index(fields=['problem', 'started_at'], name='problems_spell_problem'),
        ),
        migrations.AddConstraint(
            model_name='spell',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('problem', '='), (models.Func(models.F('started_at'), models.F('ended_at'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange'), '&&')], name='problems_spells_apart', violation_error_message='同一问题同一时间只能有一个承办单位。'),
        ),
        migrations.AddConstraint(
            model_name='spell',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='problems_spell_forward', violation_error_message='承办环节不能早于开始时结束。'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['region', '-id'], name='problems_by_region'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['line', 'region', '-id'], name='problems_by_line'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['reporter_unit', '-id'], name='problems_by_reporter'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['subject', '-id'], name='problems_by_subject'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('open_spell__isnull', False)), fields=['accountable_unit', 'stage_due_at', 'id'], name='problems_on_desk'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('open_spell__isnull', False)), fields=['region', 'stage_due_at', 'id'], name='problems_due_by_region'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(fields=['line', '-id'], name='problems_by_line_whole'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('relay_unit__isnull', False)), fields=['relay_unit', 'id'], name='problems_relaying'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('state', 'proposed')), fields=['level_region', 'id'], name='problems_proposed'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('state', 'confirmed')), fields=['region', 'id'], name='problems_confirmed'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('open_spell__isnull', False)), fields=['stage_due_at', 'id'], name='problems_due'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accountable_unit__isnull', True), ('open_spell__isnull', True), ('state__in', ['closed', 'declined', 'ended'])), models.Q(models.Q(('state__in', ['closed', 'declined', 'ended']), _negated=True), ('accountable_unit__isnull', False), ('open_spell__isnull', False)), _connector='OR'), name='problems_one_accountable', violation_error_message='未结束的问题必须有且只有一个承办单位。'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'asked', 'declined']), ('accepted_at__isnull', False), _connector='OR'), name='problems_accepted_first', violation_error_message='问题须先受理。'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('problem',), name='problems_one_proposal', violation_error_message='该问题已有一份待审核的上报意见。'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'planned'), _negated=True), ('planned_on__isnull', False), _connector='OR'), name='problems_planned_has_date', violation_error_message='列入计划的须写明计划完成日期。'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'cannot'), _negated=True), models.Q(('power_missing', ''), _negated=True), _connector='OR'), name='problems_cannot_has_reason', violation_error_message='无法解决的须写明缺少哪项权限或条件。'),
        ),
    ]
