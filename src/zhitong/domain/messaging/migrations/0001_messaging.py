"""Addresses, habits, what waits to go out, the messages made of it, allowances, and how channels stand."""

import django.contrib.postgres.fields
import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0008_auditors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChannelStanding',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('succeeded_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, default='', max_length=200)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('rests_until', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'messaging_channel_standing',
            },
        ),
        migrations.CreateModel(
            name='Habit',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('pace', models.CharField(choices=[('at_once', '有一件发一件'), ('digest', '定时汇总')], max_length=24)),
                ('times', django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(), size=None)),
                ('quiet_from', models.TimeField()),
                ('quiet_until', models.TimeField()),
                ('on_workdays', models.BooleanField()),
                ('urgent_at_any_hour', models.BooleanField()),
            ],
            options={
                'db_table': 'messaging_habit',
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('sms', '短信'), ('wecom', '企业微信'), ('dingtalk', '钉钉'), ('wecom_robot', '企业微信群机器人'), ('dingtalk_robot', '钉钉群机器人'), ('webhook', '单位的业务系统')], max_length=24)),
                ('address', models.CharField(max_length=120)),
                ('code_digest', models.CharField(blank=True, default='', max_length=64)),
                ('code_sent_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('proved_at', models.DateTimeField(null=True)),
                ('is_on', models.BooleanField(default=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'messaging_address',
            },
        ),
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('region', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='organisations.region')),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'messaging_allowance',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('sms', '短信'), ('wecom', '企业微信'), ('dingtalk', '钉钉'), ('wecom_robot', '企业微信群机器人'), ('dingtalk_robot', '钉钉群机器人'), ('webhook', '单位的业务系统')], max_length=24)),
                ('hook', models.CharField(blank=True, default='', max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('sentence', models.CharField(max_length=600)),
                ('url', models.CharField(blank=True, default='', max_length=300)),
                ('count', models.PositiveSmallIntegerField()),
                ('is_urgent', models.BooleanField()),
                ('state', models.CharField(choices=[('waiting', '等待发送'), ('sending', '正在发送'), ('sent', '已送出'), ('failed', '没有送到'), ('dropped', '不再发送')], max_length=24)),
                ('made_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(null=True)),
                ('tried_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, default='', max_length=200)),
                ('remote_id', models.CharField(blank=True, default='', max_length=120)),
                ('address', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='messaging.address')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'messaging_message',
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('sms', '短信'), ('wecom', '企业微信'), ('dingtalk', '钉钉'), ('wecom_robot', '企业微信群机器人'), ('dingtalk_robot', '钉钉群机器人'), ('webhook', '单位的业务系统')], max_length=24)),
                ('hook', models.CharField(blank=True, default='', max_length=60)),
                ('fact_id', models.UUIDField()),
                ('notice_id', models.UUIDField(null=True)),
                ('sort', models.CharField(choices=[('to_sign', '待签收'), ('to_handle', '待办理'), ('to_decide', '待审批'), ('to_confirm', '待确认'), ('to_report', '待报送'), ('to_check', '待核对'), ('meeting', '会议安排'), ('news', '有新进展'), ('unsaid', '新消息')], max_length=24)),
                ('number', models.CharField(blank=True, default='', max_length=60)),
                ('is_urgent', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('address', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='messaging.address')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.unit')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='messaging.message')),
            ],
            options={
                'db_table': 'messaging_item',
            },
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.UniqueConstraint(fields=('person', 'channel'), name='messaging_one_address_a_channel'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'sms', 'wecom', 'dingtalk'])), name='messaging_address_of_a_person', violation_error_message='这个渠道不发给个人。'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='messaging_message_due'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['person', '-id'], name='messaging_message_of_person'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['unit', '-id'], name='messaging_message_of_unit'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'failed')), fields=['-id'], name='messaging_message_failed'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address__isnull', False), ('hook', ''), ('person__isnull', False)), models.Q(('address__isnull', True), ('person__isnull', True), models.Q(('hook', ''), _negated=True)), _connector='OR'), name='messaging_message_to_one_place', violation_error_message='一条消息只发到一处。'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_at__isnull', False), ('state__in', ['waiting', 'sending'])), models.Q(('next_at__isnull', True), models.Q(('state__in', ['waiting', 'sending']), _negated=True)), _connector='OR'), name='messaging_message_due_while_open', violation_error_message='只有还没送出的消息才有下次发送的时间。'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='messaging_item_due'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(condition=models.Q(('address__isnull', False)), fields=('fact_id', 'sort', 'unit', 'address'), name='messaging_item_once'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(condition=models.Q(('hook', ''), _negated=True), fields=('fact_id', 'sort', 'unit', 'hook'), name='messaging_item_once_a_hook'),
        ),
    ]
