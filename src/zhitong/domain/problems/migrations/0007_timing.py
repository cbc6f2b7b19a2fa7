"""What a decision on time keeps: the office's limit, the sum in words, the stage that a stop interrupted."""

from django.db import migrations, models

from zhitong.domain.problems.rules.kinds import Stage
from zhitong.kit.choices import choices_of


def _moment(name: str) -> migrations.AddField:
    return migrations.AddField("request", name, models.DateTimeField(null=True))


def _text(name: str) -> migrations.AddField:
    return migrations.AddField("request", name, models.TextField(blank=True, default=""))


class Migration(migrations.Migration):
    """Columns and an index of requests."""

    dependencies = [("problems", "0006_files")]

    operations = [
        *(_moment(name) for name in ("due_at", "warn_at", "total_after", "stage_due_at", "stage_warn_at")),
        *(_text(name) for name in ("urged", "arithmetic")),
        migrations.AddField(
            "request", "stage", models.CharField(blank=True, choices=choices_of(Stage), default="", max_length=24)
        ),
        migrations.AddIndex(
            "request",
            models.Index(
                fields=["until", "id"], name="problems_paused_until",
                condition=models.Q(kind="pause", state="granted", resumed_at__isnull=True),
            ),
        ),
    ]
