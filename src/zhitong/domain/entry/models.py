"""What entry keeps: invitations to a seat, codes sent to phones, and in which months somebody of a unit was here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.kit.ids import uuid7


class Invitation(models.Model):
    """An offer of a seat: for one named person, or for up to `most` people of a firm. The link is its signed id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("organisations.Post", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    made_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    made_in = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    most = models.PositiveSmallIntegerField()
    joined = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "entry_invitation"
        indexes = [models.Index(fields=["region", "-id"], name="entry_invitation_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined__lte=F("most")), name="entry_invitation_seats",
                violation_error_message="这张邀请单的名额已经用完。",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(person__isnull=True, ended_at__isnull=True), name="entry_one_sheet_a_firm",
                violation_error_message="这个单位已有一张可用的邀请单。",
            ),
        ]


class PhoneCode(models.Model):
    """A code sent to a phone; only its digest is kept, and it is tried a few times at most."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    phone = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "entry_phone_code"
        indexes = [models.Index(fields=["phone", "-sent_at"], name="entry_phone_code_newest")]


class Presence(models.Model):
    """Somebody of a unit signed in during a month ("2018-09")."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+", db_index=False)
    month = models.CharField(max_length=7)

    class Meta:
        db_table = "entry_presence"
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="entry_presence_once")]
