"""Looks at whole values, each its person's own behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import zhitong.kit.ids
from zhitong.kit.wall import guard

OWN = "person_id = (SELECT organisations_viewer_person())"


class Migration(migrations.Migration):
    """One table and its wall."""

    initial = True
    dependencies = [("organisations", "0011_sealed_phones")]

    operations = [
        migrations.CreateModel(
            name="Unmasking",
            fields=[
                ("id", models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("thing_id", models.UUIDField()),
                ("purpose", models.CharField(choices=[
                    ("help", "联系企业办理问题"), ("visit", "走访服务"), ("collect", "核实填报内容"), ("register", "核对登记信息"),
                    ("inspect", "督查、回访"), ("other", "其他"),
                ], max_length=24)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("person", models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
            ],
            options={"db_table": "privacy_unmasking"},
        ),
        migrations.AddIndex("unmasking", models.Index(fields=["person", "at"], name="privacy_unmasking_person")),
        guard("privacy_unmasking", seen=OWN),
    ]
