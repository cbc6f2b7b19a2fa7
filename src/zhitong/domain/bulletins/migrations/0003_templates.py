"""Templates of offices: kept by the unit, read by officials, since papers of one go to another."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models

from zhitong.kit.wall import guard

ME = "(SELECT organisations_viewer_unit())"
OFFICIAL = f"EXISTS (SELECT 1 FROM organisations_unit viewer WHERE viewer.id = {ME} AND viewer.kind NOT IN ('served', 'delegates'))"
OWN = f"unit_id = {ME}"


class Migration(migrations.Migration):

    dependencies = [
        ('bulletins', '0002_wall'),
        ('organisations', '0007_tiles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperTemplate',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('order', '交办单'), ('unsigned', '未签收超期名单'), ('owing', '未办结问题一览'), ('ledger', '问题台账'), ('meeting', '调度会材料'), ('circular', '情况通报'), ('collection', '采集情况表'), ('progress', '平台和民心工程进展表'), ('brief', '简报'), ('supervision', '督办通知单'), ('help', '提请协调函'), ('consultation', '商请函'), ('answer', '答复意见'), ('extension', '延期审批单'), ('striking_off', '销号审批表'), ('instructions', '领导批示办理情况专报'), ('file', '迎检档案'), ('correction', '更正函')], max_length=24)),
                ('name', models.CharField(max_length=130)),
                ('body', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('from_at', models.DateTimeField()),
                ('until_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'bulletins_template',
                'indexes': [models.Index(fields=['unit', 'kind', '-from_at'], name='bulletins_template_of_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_at__isnull', True)), fields=('unit', 'kind'), name='bulletins_one_template', violation_error_message='有人刚刚换过这个版式，请刷新后再换。')],
            },
        ),
        guard('bulletins_template', seen=OFFICIAL, added=OWN, changed=OWN),
    ]
