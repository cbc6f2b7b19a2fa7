"""When each part was last at work: everybody may know, only the worker's login notes it."""

from django.db import migrations, models

from zhitong.kit.wall import grant


class Migration(migrations.Migration):
    """The room's only table."""

    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Beat",
            fields=[
                ("part", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "health_beat"},
        ),
        grant("health_beat", web="SELECT", worker="SELECT, INSERT, UPDATE"),
    ]
