"""What messaging keeps: proven addresses, habits, what waits to go out, the messages made of it, and how channels stand."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhitong.domain.messaging.rules.channels import PERSONAL, Channel
from zhitong.domain.messaging.rules.hours import Pace
from zhitong.domain.messaging.rules.outside import Sort
from zhitong.domain.messaging.rules.states import MessageState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7
from zhitong.kit.sealing.columns import SealedText


class Address(models.Model):
    """Where a person is reached by a channel; used only once he has proved that it is his, and while he wants it.

    Of a code only its digest is kept. Whoever writes another address starts anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=24, choices=choices_of(Channel))
    address = SealedText()
    code_digest = models.CharField(max_length=64, blank=True, default="")
    code_sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    proved_at = models.DateTimeField(null=True)
    is_on = models.BooleanField(default=True)

    class Meta:
        db_table = "messaging_address"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "channel"], name="messaging_one_address_a_channel"),
            models.CheckConstraint(
                condition=Q(channel__in=[str(one) for one in PERSONAL]), name="messaging_address_of_a_person",
                violation_error_message="这个渠道不发给个人。",
            ),
        ]


class Habit(models.Model):
    """How a person wants to be told; who has said nothing has no row."""

    person = models.OneToOneField("organisations.Person", models.CASCADE, primary_key=True, related_name="+")
    pace = models.CharField(max_length=24, choices=choices_of(Pace))
    times = ArrayField(models.TimeField())
    quiet_from = models.TimeField()
    quiet_until = models.TimeField()
    on_workdays = models.BooleanField()
    urgent_at_any_hour = models.BooleanField()

    class Meta:
        db_table = "messaging_habit"


class Allowance(models.Model):
    """By which channels units of a region and of those below may be told; an office above may allow less, never more."""

    region = models.OneToOneField("organisations.Region", models.CASCADE, primary_key=True, related_name="+")
    channels = ArrayField(models.CharField(max_length=24))
    set_by = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "messaging_allowance"


_OPEN = Q(state__in=[MessageState.WAITING.value, MessageState.SENDING.value])


class Message(models.Model):
    """One message to one place, about one thing or many; its id is the same at every try. It holds no word of a matter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, null=True, related_name="+", db_index=False)
    channel = models.CharField(max_length=24, choices=choices_of(Channel))
    address = models.ForeignKey(Address, models.CASCADE, null=True, related_name="+", db_index=False)
    hook = models.CharField(max_length=60, blank=True, default="")
    title = models.CharField(max_length=200)
    sentence = models.CharField(max_length=600)
    url = models.CharField(max_length=300, blank=True, default="")
    count = models.PositiveSmallIntegerField()
    is_urgent = models.BooleanField()
    state = models.CharField(max_length=24, choices=choices_of(MessageState))
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, default="")
    remote_id = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        db_table = "messaging_message"
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="messaging_message_due", condition=Q(next_at__isnull=False)),
            models.Index(fields=["person", "-id"], name="messaging_message_of_person"),
            models.Index(fields=["unit", "-id"], name="messaging_message_of_unit"),
            models.Index(fields=["-id"], name="messaging_message_failed", condition=Q(state="failed")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(address__isnull=False, person__isnull=False, hook="")
                | (Q(address__isnull=True, person__isnull=True) & ~Q(hook="")),
                name="messaging_message_to_one_place", violation_error_message="一条消息只发到一处。",
            ),
            models.CheckConstraint(
                condition=(Q(next_at__isnull=False) & _OPEN) | (Q(next_at__isnull=True) & ~_OPEN), name="messaging_message_due_while_open",
                violation_error_message="只有还没送出的消息才有下次发送的时间。",
            ),
        ]


class Item(models.Model):
    """One fact that one place is to be told of; several that are due together become one message."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, null=True, related_name="+", db_index=False)
    address = models.ForeignKey(Address, models.CASCADE, null=True, related_name="+", db_index=False)
    channel = models.CharField(max_length=24, choices=choices_of(Channel))
    hook = models.CharField(max_length=60, blank=True, default="")
    fact_id = models.UUIDField()
    notice_id = models.UUIDField(null=True)
    sort = models.CharField(max_length=24, choices=choices_of(Sort))
    number = models.CharField(max_length=60, blank=True, default="")
    is_urgent = models.BooleanField()
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="items")

    class Meta:
        db_table = "messaging_item"
        indexes: ClassVar = [models.Index(fields=["due_at"], name="messaging_item_due", condition=Q(due_at__isnull=False))]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fact_id", "sort", "unit", "address"], condition=Q(address__isnull=False), name="messaging_item_once",
            ),
            models.UniqueConstraint(fields=["fact_id", "sort", "unit", "hook"], condition=~Q(hook=""), name="messaging_item_once_a_hook"),
        ]


class ChannelStanding(models.Model):
    """How a way out stands: a channel by its word, a hook by its name."""

    name = models.CharField(primary_key=True, max_length=80)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "messaging_channel_standing"
