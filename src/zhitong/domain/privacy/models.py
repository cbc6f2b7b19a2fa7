"""What is kept of looking: who looked at what, for what purpose, and until when the whole is shown to him."""

from __future__ import annotations

from django.db import models

from zhitong.domain.privacy.rules.words import Purpose
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Unmasking(models.Model):
    """A look at the whole values of one thing; his own words of why stand in the history."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, related_name="+", db_index=False)
    thing_id = models.UUIDField()
    purpose = models.CharField(max_length=24, choices=choices_of(Purpose))
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "privacy_unmasking"
        indexes = [models.Index(fields=["person", "at"], name="privacy_unmasking_person")]
