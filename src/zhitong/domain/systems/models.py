"""What is kept of other systems: clients, the digests of their keys, subscriptions without their secrets, deliveries."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhitong.domain.systems.rules.clients import (
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    PREFIX_LENGTH,
    RateClass,
)
from zhitong.domain.systems.rules.telling import LONGEST_ANSWER, LONGEST_URL, DeliveryState, SubscriptionState, Topic
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Client(models.Model):
    """A program of a unit: it acts as `post`, under the account `person` that nobody signs in with, with `rights` of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=LONGEST_NAME)
    purpose = models.CharField(max_length=LONGEST_PURPOSE)
    contact = models.CharField(max_length=LONGEST_CONTACT)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    post = models.ForeignKey("organisations.Post", models.PROTECT, related_name="+")
    person = models.OneToOneField("organisations.Person", models.PROTECT, related_name="+")
    rights = ArrayField(models.CharField(max_length=24))
    addresses = ArrayField(models.CharField(max_length=49), default=list)
    rate = models.CharField(max_length=24, choices=choices_of(RateClass))
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "systems_client"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(ended_at__isnull=True), name="systems_client_name_once",
                violation_error_message="这个单位已经登记了同名的接入系统。",
            ),
        ]


class ClientKey(models.Model):
    """A key of a client: its first signs and its digest; several hold side by side while they are changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=PREFIX_LENGTH)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "systems_client_key"


class CallCount(models.Model):
    """How often a client has called in the newest minute in which it called."""

    client = models.OneToOneField(Client, models.CASCADE, primary_key=True, related_name="+")
    minute = models.DateTimeField()
    calls = models.PositiveIntegerField()

    class Meta:
        db_table = "systems_call_count"


class Subscription(models.Model):
    """Where a client wants to be told of what. The secrets are derived from the salts with the installation's key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="subscriptions")
    url = models.CharField(max_length=LONGEST_URL)
    topics = ArrayField(models.CharField(max_length=40, choices=choices_of(Topic)))
    salt = models.BinaryField(max_length=20)
    former_salt = models.BinaryField(max_length=20, null=True)
    former_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=24, choices=choices_of(SubscriptionState))
    failures = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "systems_subscription"
        indexes = [
            models.Index(fields=["client"], condition=~Q(state="ended"), name="systems_subscription_standing"),
        ]


class Delivery(models.Model):
    """One event on its way to one subscription; the id is what receivers know it by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries", db_index=False)
    fact_id = models.UUIDField()
    topic = models.CharField(max_length=40, choices=choices_of(Topic))
    thing_id = models.UUIDField()
    version = models.BigIntegerField()
    url = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=24, choices=choices_of(DeliveryState))
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)

    class Meta:
        db_table = "systems_delivery"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "fact_id"], name="systems_delivery_once"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="systems_delivery_due"),
            models.Index(
                fields=["subscription", "thing_id", "id"], condition=Q(state="waiting"), name="systems_delivery_in_order",
            ),
            models.Index(fields=["subscription", "state", "-id"], name="systems_delivery_of"),
        ]
