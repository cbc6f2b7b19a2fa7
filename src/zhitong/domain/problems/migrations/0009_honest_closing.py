"""What honest closing keeps: ratings of two people, the day silence may be closed, replies to compare."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_keepers_of_calendars'),
        ('problems', '0008_sorting'),
        ('subjects', '0004_care_of_ones_territory'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'problems_reply',
            },
        ),
        migrations.AddField(
            model_name='answer',
            name='device',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='problem',
            name='closable_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='problem',
            name='wantings',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='draft',
            name='act',
            field=models.CharField(choices=[('submit', '提交'), ('accept', '受理'), ('ask_more', '请补正'), ('supply', '补正'), ('correct', '更正登记'), ('merge', '并案'), ('split', '拆分'), ('decline', '不予受理'), ('object', '提出异议'), ('overrule', '责令受理'), ('uphold_decline', '维持不予受理'), ('dispatch', '交办'), ('designate', '指定承办'), ('acknowledge', '签收并联系'), ('contact', '重新联系企业'), ('confirm_contact', '已联系过我'), ('void_contact', '没有联系过我'), ('reply', '阶段性答复'), ('send_back', '退回'), ('reassign', '改派'), ('offer', '商议移交'), ('take', '接收移交'), ('turn_down', '不接收移交'), ('invite', '请协办'), ('consult', '商请'), ('answer_part', '反馈协办情况'), ('register_reply', '登记商请复函'), ('ask_extension', '申请延期'), ('ask_pause', '申请暂停'), ('ask_park', '申请挂账'), ('grant_extension', '同意延期'), ('grant_pause', '同意暂停'), ('grant_park', '同意挂账'), ('refuse_request', '不同意申请'), ('resume', '恢复办理'), ('ask_withdrawal', '申请撤回'), ('grant_withdrawal', '同意撤回'), ('complete', '办结'), ('propose', '提出上报'), ('keep', '不同意上报'), ('escalate', '提请上级协调'), ('ask_lower', '请下级补充'), ('rule_own_level', '应由本级解决'), ('advise', '提出意见返回下级'), ('coordinate', '统筹协调'), ('take_over', '提级办理'), ('look_in', '请上级过问'), ('answer_look_in', '答复过问'), ('pass_down', '向下级传答复'), ('confirm', '确认'), ('reject', '不满意'), ('rate', '负责人评价'), ('handle_anew', '重新办理'), ('uphold', '维持'), ('end', '终结'), ('reopen', '重新受理'), ('verify', '核查通过'), ('find_wanting', '核查不实'), ('close_off', '销号'), ('close_unrated', '未评价销号')], max_length=24),
        ),
        migrations.AlterField(
            model_name='flagged',
            name='flag',
            field=models.CharField(choices=[('bulk_near_limit', '临近时限批量签收或办结'), ('equal_replies', '多件问题答复内容相同'), ('same_day', '当日反映当日办结'), ('one_device', '多家企业从同一设备评价'), ('rated_by_handler', '评价与办理来自同一设备'), ('contradicted', '企业负责人与填报人评价相反')], max_length=24),
        ),
        migrations.AlterField(
            model_name='signing',
            name='act',
            field=models.CharField(choices=[('submit', '提交'), ('accept', '受理'), ('ask_more', '请补正'), ('supply', '补正'), ('correct', '更正登记'), ('merge', '并案'), ('split', '拆分'), ('decline', '不予受理'), ('object', '提出异议'), ('overrule', '责令受理'), ('uphold_decline', '维持不予受理'), ('dispatch', '交办'), ('designate', '指定承办'), ('acknowledge', '签收并联系'), ('contact', '重新联系企业'), ('confirm_contact', '已联系过我'), ('void_contact', '没有联系过我'), ('reply', '阶段性答复'), ('send_back', '退回'), ('reassign', '改派'), ('offer', '商议移交'), ('take', '接收移交'), ('turn_down', '不接收移交'), ('invite', '请协办'), ('consult', '商请'), ('answer_part', '反馈协办情况'), ('register_reply', '登记商请复函'), ('ask_extension', '申请延期'), ('ask_pause', '申请暂停'), ('ask_park', '申请挂账'), ('grant_extension', '同意延期'), ('grant_pause', '同意暂停'), ('grant_park', '同意挂账'), ('refuse_request', '不同意申请'), ('resume', '恢复办理'), ('ask_withdrawal', '申请撤回'), ('grant_withdrawal', '同意撤回'), ('complete', '办结'), ('propose', '提出上报'), ('keep', '不同意上报'), ('escalate', '提请上级协调'), ('ask_lower', '请下级补充'), ('rule_own_level', '应由本级解决'), ('advise', '提出意见返回下级'), ('coordinate', '统筹协调'), ('take_over', '提级办理'), ('look_in', '请上级过问'), ('answer_look_in', '答复过问'), ('pass_down', '向下级传答复'), ('confirm', '确认'), ('reject', '不满意'), ('rate', '负责人评价'), ('handle_anew', '重新办理'), ('uphold', '维持'), ('end', '终结'), ('reopen', '重新受理'), ('verify', '核查通过'), ('find_wanting', '核查不实'), ('close_off', '销号'), ('close_unrated', '未评价销号')], max_length=24),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['unit', 'answered_at'], name='problems_answer_by_unit'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(condition=models.Q(('device', ''), _negated=True), fields=['device'], name='problems_answer_device'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['unit', '-id'], name='problems_check_of_unit'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['seed'], name='problems_check_drawn'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('closable_at__isnull', False)), fields=['region', 'closable_at'], name='problems_silent'),
        ),
        migrations.AddIndex(
            model_name='problem',
            index=models.Index(condition=models.Q(('state', 'closed')), fields=['ended_at', 'id'], name='problems_closed_on'),
        ),
        migrations.AddIndex(
            model_name='spell',
            index=models.Index(fields=['unit', 'acknowledged_at'], name='problems_spell_signed'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(condition=models.Q(('device', ''), _negated=True), fields=['device'], name='problems_verdict_device'),
        ),
        migrations.AddField(
            model_name='reply',
            name='problem',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='problems.problem'),
        ),
        migrations.AddField(
            model_name='reply',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['unit', 'digest'], name='problems_reply_alike'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['problem'], name='problems_reply_problem'),
        ),
    ]
