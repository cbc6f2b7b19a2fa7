"""Passkeys, and their wall: one's own, below who administers, or the one that was just shown."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhitong.kit.ids
from zhitong.kit.wall import guard

OWN = "person_id = (SELECT organisations_viewer_person())"
OWN_OR_BELOW = f"{OWN} OR accounts_below(person_id)"
SHOWN = "encode(credential, 'hex') = current_setting('zhitong.passkey', true)"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_keepers_of_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='sitting',
            name='way',
            field=models.CharField(choices=[('password', '密码'), ('phone', '手机验证码'), ('invitation', '邀请单'), ('service', '统一身份认证'), ('passkey', '通行密钥')], max_length=24),
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('credential', models.BinaryField(max_length=1023)),
                ('public_key', models.BinaryField()),
                ('count', models.BigIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'accounts_passkey',
                'constraints': [models.UniqueConstraint(fields=('credential',), name='accounts_passkey_one_person', violation_error_message='这个通行密钥已经绑定过。')],
            },
        ),
        guard("accounts_passkey", seen=f"{OWN_OR_BELOW} OR {SHOWN}", added=OWN, changed=OWN_OR_BELOW),
    ]
