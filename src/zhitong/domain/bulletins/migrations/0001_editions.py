"""Editions with their wordings and figures, checks of figures, numbers with their counters."""

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
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('order', '交办单'), ('unsigned', '未签收超期名单'), ('owing', '未办结问题一览'), ('ledger', '问题台账'), ('meeting', '调度会材料'), ('circular', '情况通报'), ('collection', '采集情况表'), ('progress', '平台和民心工程进展表'), ('brief', '简报'), ('supervision', '督办通知单'), ('help', '提请协调函'), ('consultation', '商请函'), ('answer', '答复意见'), ('extension', '延期审批单'), ('striking_off', '销号审批表'), ('instructions', '领导批示办理情况专报'), ('file', '迎检档案'), ('correction', '更正函')], max_length=24)),
                ('state', models.CharField(choices=[('drafting', '起草中'), ('checking', '数据核对中'), ('to_sign', '待签发'), ('issued', '已印发'), ('dropped', '已作废')], max_length=24)),
                ('title', models.CharField(max_length=200)),
                ('since', models.DateTimeField()),
                ('cut_off', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('drawn_at', models.DateTimeField()),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('serial', models.PositiveIntegerField(null=True)),
                ('number', models.CharField(blank=True, default='', max_length=100)),
                ('signed_by', models.CharField(blank=True, default='', max_length=60)),
                ('signed_on', models.DateField(null=True)),
                ('signed_on_paper', models.BooleanField(default=False)),
                ('issued_at', models.DateTimeField(null=True)),
                ('content_digest', models.CharField(blank=True, default='', max_length=64)),
                ('figures_digest', models.CharField(blank=True, default='', max_length=64)),
                ('drop_reason', models.CharField(blank=True, default='', max_length=300)),
                ('corrects', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='bulletins.edition')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'bulletins_edition',
            },
        ),
        migrations.CreateModel(
            name='EditionFigure',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=100)),
                ('label', models.CharField(max_length=100)),
                ('text', models.CharField(max_length=40)),
                ('unit_word', models.CharField(blank=True, max_length=20)),
                ('behind', models.JSONField()),
                ('before', models.CharField(max_length=40, null=True)),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='bulletins.edition')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'bulletins_figure',
            },
        ),
        migrations.CreateModel(
            name='FigureCheck',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', '待核对'), ('confirmed', '确认无误'), ('objected', '提出异议'), ('adopted', '异议采纳'), ('upheld', '维持原数'), ('silent', '逾期未反馈')], max_length=24)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('words', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, default='')),
                ('settled_at', models.DateTimeField(null=True)),
                ('objected_late', models.BooleanField(default=False)),
                ('by_unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='bulletins.edition')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'bulletins_check',
            },
        ),
        migrations.CreateModel(
            name='PaperNumber',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('order', '交办单'), ('unsigned', '未签收超期名单'), ('owing', '未办结问题一览'), ('ledger', '问题台账'), ('meeting', '调度会材料'), ('circular', '情况通报'), ('collection', '采集情况表'), ('progress', '平台和民心工程进展表'), ('brief', '简报'), ('supervision', '督办通知单'), ('help', '提请协调函'), ('consultation', '商请函'), ('answer', '答复意见'), ('extension', '延期审批单'), ('striking_off', '销号审批表'), ('instructions', '领导批示办理情况专报'), ('file', '迎检档案'), ('correction', '更正函')], max_length=24)),
                ('year', models.PositiveSmallIntegerField()),
                ('serial', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=100)),
                ('state', models.CharField(choices=[('reserved', '已预留'), ('used', '已使用'), ('void', '作废')], max_length=24)),
                ('reason', models.CharField(blank=True, default='', max_length=300)),
                ('taken_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('edition', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register', to='bulletins.edition')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'bulletins_number',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('order', '交办单'), ('unsigned', '未签收超期名单'), ('owing', '未办结问题一览'), ('ledger', '问题台账'), ('meeting', '调度会材料'), ('circular', '情况通报'), ('collection', '采集情况表'), ('progress', '平台和民心工程进展表'), ('brief', '简报'), ('supervision', '督办通知单'), ('help', '提请协调函'), ('consultation', '商请函'), ('answer', '答复意见'), ('extension', '延期审批单'), ('striking_off', '销号审批表'), ('instructions', '领导批示办理情况专报'), ('file', '迎检档案'), ('correction', '更正函')], max_length=24)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'bulletins_series',
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('recipients', models.CharField(blank=True, max_length=300)),
                ('sections', models.JSONField()),
                ('annexes', models.JSONField()),
                ('at', models.DateTimeField()),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='bulletins.edition')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'bulletins_wording',
            },
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['unit', 'kind', '-id'], name='bulletins_edition_of_unit'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['region', '-id'], name='bulletins_edition_of_region'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('corrects__isnull', False)), fields=['corrects'], name='bulletins_edition_corrects'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'year', 'serial'), name='bulletins_edition_number_once', violation_error_message='同一系列的编号不能重复。'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', False), ('serial__isnull', False), ('signed_on__isnull', False), ('state', 'issued'), ('year__isnull', False), models.Q(('number', ''), _negated=True), models.Q(('signed_by', ''), _negated=True), models.Q(('content_digest', ''), _negated=True), models.Q(('figures_digest', ''), _negated=True)), models.Q(models.Q(('state', 'issued'), _negated=True), ('issued_at__isnull', True), ('number', ''), ('serial__isnull', True)), _connector='OR'), name='bulletins_edition_numbered_at_signing', violation_error_message='文件签发时才有编号，签发后文稿和数字不再改动。'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('cut_off__gte', models.F('since'))), name='bulletins_edition_forward', violation_error_message='统计截止时间不能早于起始时间。'),
        ),
        migrations.AddConstraint(
            model_name='editionfigure',
            constraint=models.UniqueConstraint(fields=('edition', 'key'), name='bulletins_figure_once', violation_error_message='一期中每个数只有一个名称。'),
        ),
        migrations.AddIndex(
            model_name='figurecheck',
            index=models.Index(fields=['unit', '-id'], name='bulletins_check_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='figurecheck',
            constraint=models.UniqueConstraint(fields=('edition', 'unit'), name='bulletins_check_once', violation_error_message='一期中每个单位只核对一份。'),
        ),
        migrations.AddConstraint(
            model_name='figurecheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'objected'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='bulletins_objection_says_why', violation_error_message='有异议的须写明哪个数不对、应当是多少。'),
        ),
        migrations.AddIndex(
            model_name='papernumber',
            index=models.Index(fields=['unit', '-id'], name='bulletins_number_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'year', 'serial'), name='bulletins_number_once', violation_error_message='同一系列的编号不能重复。'),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition__isnull', False), ('state', 'used')), models.Q(models.Q(('state', 'used'), _negated=True), ('edition__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='bulletins_number_accounted', violation_error_message='编号要么用在一份文件上，要么写明预留、作废的原因。'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'year'), name='bulletins_one_series', violation_error_message='同一系列只能有一个流水号。'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(fields=('edition', 'version'), name='bulletins_wording_once', violation_error_message='有人刚刚保存了同一版，请刷新后再保存。'),
        ),
    ]
