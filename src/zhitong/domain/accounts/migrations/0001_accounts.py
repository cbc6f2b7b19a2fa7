"""Own passwords, second factors, recovery codes, counted tries, sittings."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0007_tiles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Factor',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('salt', models.BinaryField(max_length=20)),
                ('made_at', models.DateTimeField()),
                ('bound_at', models.DateTimeField(null=True)),
                ('last_step', models.BigIntegerField(default=0)),
            ],
            options={
                'db_table': 'accounts_factor',
            },
        ),
        migrations.CreateModel(
            name='Knock',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('place', models.CharField(choices=[('device', '本人用过的设备'), ('address', '同一账号、同一地址'), ('source', '同一地址，不分账号'), ('account', '同一账号，陌生地址'), ('code', '动态码和原密码')], max_length=24)),
                ('login', models.CharField(blank=True, max_length=60)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('failures', models.PositiveIntegerField()),
                ('last_at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'accounts_knock',
                'indexes': [models.Index(fields=['-last_at'], name='accounts_knock_newest')],
            },
        ),
        migrations.CreateModel(
            name='OwnPassword',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('encoded', models.CharField(max_length=128)),
                ('set_at', models.DateTimeField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'accounts_own_password',
                'indexes': [models.Index(fields=['person', '-set_at'], name='accounts_own_password_newest')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'accounts_recovery_code',
                'constraints': [models.UniqueConstraint(fields=('person', 'digest'), name='accounts_recovery_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('session_key', models.CharField(max_length=40)),
                ('way', models.CharField(choices=[('password', '密码'), ('phone', '手机验证码'), ('invitation', '邀请单')], max_length=24)),
                ('device', models.CharField(max_length=60)),
                ('address', models.CharField(max_length=45)),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'accounts_sitting',
                'indexes': [models.Index(fields=['person', '-since'], name='accounts_sitting_newest'), models.Index(fields=['since'], name='accounts_sitting_oldest')],
            },
        ),
    ]
