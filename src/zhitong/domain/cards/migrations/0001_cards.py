"""Templates, rounds, obligations, cards with figures, drafts and problem rows."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_wall'),
        ('subjects', '0001_subjects'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', '填报中'), ('submitted', '已报送'), ('returned', '已退回'), ('accepted', '已通过')], max_length=24)),
                ('version', models.PositiveIntegerField()),
                ('first_submitted_at', models.DateTimeField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('return_reason', models.TextField(blank=True)),
                ('edited_at', models.DateTimeField()),
                ('collecting_unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('edited_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edited_in', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('reporter_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
            ],
            options={
                'db_table': 'cards_card',
            },
        ),
        migrations.CreateModel(
            name='CardFigures',
            fields=[
                ('card', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='figures', serialize=False, to='cards.card')),
                ('values', models.JSONField()),
            ],
            options={
                'db_table': 'cards_figures',
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('card', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='draft', serialize=False, to='cards.card')),
                ('values', models.JSONField()),
                ('rows', models.JSONField()),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'cards_draft',
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=60)),
                ('opens_on', models.DateField()),
                ('due_on', models.DateField()),
                ('locked_on', models.DateField()),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'db_table': 'cards_round',
            },
        ),
        migrations.AddField(
            model_name='card',
            name='round',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='cards.round'),
        ),
        migrations.CreateModel(
            name='TemplateRow',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40)),
                ('code', models.SlugField(max_length=40)),
                ('version', models.PositiveSmallIntegerField()),
                ('subject_kind', models.CharField(max_length=24)),
                ('definition', models.JSONField()),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'cards_template',
                'constraints': [models.UniqueConstraint(fields=('campaign', 'code', 'version'), name='cards_template_once', violation_error_message='这个版本的卡片式样已经发布。')],
            },
        ),
        migrations.AddField(
            model_name='round',
            name='template',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='cards.templaterow'),
        ),
        migrations.CreateModel(
            name='ProblemRow',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('category', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('known_to_head', models.BooleanField()),
                ('confidential', models.BooleanField()),
                ('reporter_name', models.CharField(blank=True, max_length=40)),
                ('reporter_post', models.CharField(blank=True, max_length=40)),
                ('reporter_phone', models.CharField(blank=True, max_length=30)),
                ('raised_at', models.DateTimeField()),
                ('problem_id', models.UUIDField(null=True)),
                ('card', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='cards.card')),
            ],
            options={
                'db_table': 'cards_problem_row',
                'constraints': [models.UniqueConstraint(fields=('card', 'position'), name='cards_row_place'), models.UniqueConstraint(fields=('problem_id',), name='cards_row_problem')],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('owed', models.BooleanField()),
                ('collecting_unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                ('round', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='cards.round')),
            ],
            options={
                'db_table': 'cards_obligation',
                'indexes': [models.Index(fields=['round', 'region'], name='cards_obligation_region')],
                'constraints': [models.UniqueConstraint(fields=('round', 'subject'), name='cards_obligation_once'), models.UniqueConstraint(fields=('round', 'position'), name='cards_obligation_place')],
            },
        ),
        migrations.AddIndex(
            model_name='card',
            index=models.Index(condition=models.Q(('state', 'submitted')), fields=['collecting_unit', 'submitted_at'], name='cards_to_review'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(fields=('subject', 'round'), name='cards_card_once'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('first_submitted_at__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='cards_sent_has_time', violation_error_message='报送过的卡片须有报送时间。'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='cards_returned_has_reason', violation_error_message='退回卡片须写明原因。'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['-period', 'opens_on'], name='cards_round_period'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('template', 'region', 'period'), name='cards_round_once', violation_error_message='这一期已经开放填报。'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__lte', models.F('locked_on')), ('opens_on__lte', models.F('due_on'))), name='cards_round_days', violation_error_message='填报期的开始、截止和锁定日期须依次在后。'),
        ),
    ]
