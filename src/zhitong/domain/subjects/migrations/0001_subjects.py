"""The registry of the served, lists and care."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssistanceList',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('campaign', models.SlugField(max_length=40)),
                ('code', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('industry', '规上工业企业'), ('services', '重点服务业企业'), ('tech_sme', '科技型中小企业'), ('project', '重点项目'), ('platform', '双创平台'), ('work', '民心工程')], max_length=24)),
                ('tier', models.CharField(blank=True, choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('township', '乡级')], max_length=24)),
                ('year', models.PositiveSmallIntegerField()),
                ('quota', models.PositiveIntegerField(null=True)),
                ('drawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'subjects_list',
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('industry', '规上工业企业'), ('services', '重点服务业企业'), ('tech_sme', '科技型中小企业'), ('project', '重点项目'), ('platform', '双创平台'), ('work', '民心工程')], max_length=24)),
                ('sub_kind', models.CharField(blank=True, max_length=24)),
                ('name', models.CharField(max_length=120)),
                ('code', models.CharField(max_length=40)),
                ('code_reason', models.CharField(blank=True, max_length=200)),
                ('industry', models.CharField(blank=True, max_length=60)),
                ('stage', models.CharField(blank=True, choices=[('preparation', '前期'), ('construction', '新开工/续建'), ('completion', '竣工投产')], max_length=24)),
                ('tier', models.CharField(blank=True, choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('township', '乡级')], max_length=24)),
                ('tier_words', models.TextField(blank=True)),
                ('revenue_cny', models.BigIntegerField(null=True)),
                ('investment_cny', models.BigIntegerField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
                ('unit', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'subjects_subject',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='subjects.assistancelist')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='subjects.subject')),
            ],
            options={
                'db_table': 'subjects_membership',
            },
        ),
        migrations.CreateModel(
            name='Care',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('tier', models.CharField(choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('township', '乡级')], max_length=24)),
                ('lead_official', models.CharField(max_length=40)),
                ('person_in_charge', models.CharField(max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='care', to='subjects.subject')),
            ],
            options={
                'db_table': 'subjects_care',
            },
        ),
        migrations.AddConstraint(
            model_name='assistancelist',
            constraint=models.UniqueConstraint(fields=('campaign', 'code'), name='subjects_list_once'),
        ),
        migrations.AddIndex(
            model_name='subject',
            index=models.Index(fields=['region', 'kind', 'id'], name='subjects_by_region'),
        ),
        migrations.AddIndex(
            model_name='subject',
            index=models.Index(fields=['kind', 'tier', 'id'], name='subjects_by_tier'),
        ),
        migrations.AddConstraint(
            model_name='subject',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('code', 'kind'), name='subjects_code_once', violation_error_message='同类服务对象中已有这个统一社会信用代码（项目代码）。'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('list', 'subject'), name='subjects_member_once'),
        ),
        migrations.AddIndex(
            model_name='care',
            index=models.Index(fields=['unit', 'subject'], name='subjects_care_unit'),
        ),
        migrations.AddConstraint(
            model_name='care',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('subject', 'tier'), name='subjects_care_once'),
        ),
    ]
