"""Invitations, phone codes, and who was here."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0006_phone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PhoneCode',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('phone', models.CharField(max_length=20)),
                ('digest', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'entry_phone_code',
                'indexes': [models.Index(fields=['phone', '-sent_at'], name='entry_phone_code_newest')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('expires_on', models.DateField()),
                ('most', models.PositiveSmallIntegerField()),
                ('joined', models.PositiveSmallIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_in', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'entry_invitation',
                'indexes': [models.Index(fields=['region', '-id'], name='entry_invitation_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('joined__lte', models.F('most'))), name='entry_invitation_seats', violation_error_message='这张邀请单的名额已经用完。'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('person__isnull', True)), fields=('unit',), name='entry_one_sheet_a_firm', violation_error_message='这个单位已有一张可用的邀请单。')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.CharField(max_length=7)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'entry_presence',
                'constraints': [models.UniqueConstraint(fields=('unit', 'month'), name='entry_presence_once')],
            },
        ),
    ]
