"""An office's own Word file for a kind of paper, and from when until when it was in force."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class PaperTemplate(models.Model):
    """A template as it was sent. One that was replaced stays, so that a paper issued under it looks the same for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices_of(PaperKind))
    name = models.CharField(max_length=130)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "bulletins_template"
        indexes = [models.Index(fields=["unit", "kind", "-from_at"], name="bulletins_template_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(until_at__isnull=True), name="bulletins_one_template",
                violation_error_message="有人刚刚换过这个版式，请刷新后再换。",
            ),
        ]
