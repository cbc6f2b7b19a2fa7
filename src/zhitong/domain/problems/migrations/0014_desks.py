"""Sheets of hand-overs and who may read and sign them."""

import django.db.models.deletion
import zhitong.kit.ids
from django.conf import settings
from django.db import migrations, models

from zhitong.kit.wall import guard

SEEN = (
    "unit_id = (SELECT organisations_viewer_unit()) OR made_by_unit_id = (SELECT organisations_viewer_unit())"
    " OR from_person_id = (SELECT organisations_viewer_person()) OR to_person_id = (SELECT organisations_viewer_person())"
)


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_successors'),
        ('problems', '0013_open_to_delegates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HandingOver',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('problems', models.JSONField()),
                ('note', models.TextField(blank=True, default='')),
                ('from_signed_at', models.DateTimeField(null=True)),
                ('to_signed_at', models.DateTimeField(null=True)),
                ('from_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'db_table': 'problems_handing_over',
                'indexes': [models.Index(fields=['unit', '-made_at'], name='problems_handing_unit'), models.Index(fields=['from_person', '-made_at'], name='problems_handing_from'), models.Index(fields=['to_person', '-made_at'], name='problems_handing_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_person', models.F('to_person')), _negated=True), name='problems_handing_two', violation_error_message='移交人和接收人不能是同一人。')],
            },
        ),
        guard(
            "problems_handing_over", seen=SEEN,
            changed="from_person_id = (SELECT organisations_viewer_person())"
            " OR to_person_id = (SELECT organisations_viewer_person())",
            added="made_by_unit_id = (SELECT organisations_viewer_unit())",
        ),
    ]
