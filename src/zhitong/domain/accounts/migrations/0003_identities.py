"""Accounts at identity services, linked with people, and their wall: one's own, below who administers, or the subject named."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhitong.kit.ids
from zhitong.kit.wall import guard

OWN_OR_BELOW = "person_id = (SELECT organisations_viewer_person()) OR accounts_below(person_id)"
NAMED = "issuer || chr(10) || subject = current_setting('zhitong.identity', true)"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_wall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='sitting',
            name='way',
            field=models.CharField(choices=[('password', '密码'), ('phone', '手机验证码'), ('invitation', '邀请单'), ('service', '统一身份认证')], max_length=24),
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=255)),
                ('subject', models.CharField(max_length=255)),
                ('how', models.CharField(choices=[('rule', '首次登录时按规则对应'), ('own', '本人绑定'), ('administrator', '系统管理员绑定')], max_length=24)),
                ('linked_at', models.DateTimeField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'accounts_identity',
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='accounts_identity_one_person', violation_error_message='这个统一身份已经绑定了另一个人。'), models.UniqueConstraint(fields=('person', 'issuer'), name='accounts_identity_one_subject', violation_error_message='这个人已经绑定了这项服务的另一个统一身份。')],
            },
        ),
        guard("accounts_identity", seen=f"{OWN_OR_BELOW} OR {NAMED}", added=OWN_OR_BELOW, changed=OWN_OR_BELOW),
    ]
