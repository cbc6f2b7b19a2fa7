"""Whose lateness it is: which level above made a card late and when, and how long a level may keep one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cards', '0009_files'),
        ('organisations', '0006_phone'),
        ('subjects', '0008_alike_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='obligation',
            name='held_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='held_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='round',
            name='review_workdays',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='timetable',
            name='review_workdays',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_by__isnull', True), ('held_on__isnull', True)), models.Q(('held_by__isnull', False), ('held_on__isnull', False)), _connector='OR'), name='cards_held_by_somebody', violation_error_message='上级原因迟报须写明是哪个单位、哪一天。'),
        ),
    ]
