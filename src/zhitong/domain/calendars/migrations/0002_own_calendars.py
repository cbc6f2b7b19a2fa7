"""Calendars of units and regions, and the wall around all calendars: everybody reads them, nobody here may write.

Who may write is known one room up: `organisations` opens the wall for those who keep a place's calendar.
"""

from django.db import migrations, models

import zhitong.kit.ids
from zhitong.kit.wall import grant, guard

_MORNING = models.Q(opens_at__isnull=False, closes_at__isnull=False, opens_at__lt=models.F("closes_at"))
_NO_AFTERNOON = models.Q(opens_again_at__isnull=True, closes_again_at__isnull=True)
_AFTERNOON = models.Q(
    opens_again_at__isnull=False, closes_again_at__isnull=False, opens_again_at__gt=models.F("closes_at"),
    closes_again_at__gt=models.F("opens_again_at"),
)
_NO_HOURS = models.Q(opens_at__isnull=True, closes_at__isnull=True) & _NO_AFTERNOON


class Migration(migrations.Migration):
    """Own office hours, own days."""

    dependencies = [("calendars", "0001_calendars")]

    operations = [
        migrations.CreateModel(
            name="OfficeHours",
            fields=[
                ("id", models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("owner_id", models.UUIDField()),
                ("since", models.DateField()),
                ("opens_at", models.TimeField(null=True)),
                ("closes_at", models.TimeField(null=True)),
                ("opens_again_at", models.TimeField(null=True)),
                ("closes_again_at", models.TimeField(null=True)),
                ("source", models.CharField(max_length=200)),
                ("entered_by_id", models.UUIDField(null=True)),
                ("entered_on", models.DateField()),
            ],
            options={
                "db_table": "calendars_office_hours",
                "indexes": [models.Index(fields=["owner_id", "since"], name="calendars_hours_of_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(since__gt=models.F("entered_on")), name="calendars_hours_ahead",
                        violation_error_message="办公时间只能从明天起调整。",
                    ),
                    models.CheckConstraint(
                        condition=_NO_HOURS | (_MORNING & (_NO_AFTERNOON | _AFTERNOON)),
                        name="calendars_hours_in_order", violation_error_message="上下班时间须依次从早到晚。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnDay",
            fields=[
                ("id", models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("owner_id", models.UUIDField()),
                ("on", models.DateField()),
                ("works", models.BooleanField(null=True)),
                ("name", models.CharField(max_length=60)),
                ("entered_by_id", models.UUIDField(null=True)),
                ("entered_on", models.DateField()),
            ],
            options={
                "db_table": "calendars_own_day",
                "indexes": [models.Index(fields=["owner_id", "on"], name="calendars_day_of_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(on__gt=models.F("entered_on")), name="calendars_day_ahead",
                        violation_error_message="特殊日期只能录入明天及以后的。",
                    ),
                ],
            },
        ),
        guard("calendars_published_year", seen="true", added="false", changed="false"),
        guard("calendars_special_day", seen="true", added="false", changed="false"),
        guard("calendars_office_hours", seen="true", added="false", changed="false"),
        guard("calendars_own_day", seen="true", added="false", changed="false"),
        grant("calendars_office_hours", web="SELECT, INSERT", worker="SELECT, INSERT"),
        grant("calendars_own_day", web="SELECT, INSERT", worker="SELECT, INSERT"),
    ]
