"""Who was invited to a symposium, and whether they came; seen through the symposium."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models

from zhitong.kit.wall import guard

THROUGH = "EXISTS (SELECT 1 FROM intake_symposium parent WHERE parent.id = intake_guest.symposium_id)"


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_wall'),
        ('organisations', '0005_successors'),
        ('subjects', '0004_care_of_ones_territory'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('attendance', models.CharField(choices=[('came', '到会'), ('excused', '请假'), ('declined', '谢绝'), ('absent', '未到')], max_length=24)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
            ],
            options={
                'db_table': 'intake_guest',
            },
        ),
        migrations.AddIndex(
            model_name='symposium',
            index=models.Index(fields=['region', 'held_on'], name='intake_symposium_held'),
        ),
        migrations.AddField(
            model_name='guest',
            name='subject',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject'),
        ),
        migrations.AddField(
            model_name='guest',
            name='symposium',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='intake.symposium'),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=models.UniqueConstraint(fields=('symposium', 'position'), name='intake_guest_once'),
        ),
        migrations.AddConstraint(
            model_name='guest',
            constraint=models.UniqueConstraint(fields=('symposium', 'name'), name='intake_guest_named_once', violation_error_message='同一家企业在邀请名单里出现了两次。'),
        ),
        guard("intake_guest", seen=THROUGH),
    ]
