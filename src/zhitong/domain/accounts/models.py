"""What accounts keep: own passwords as hashes, second factors without their secrets, passkeys, counts of tries, sittings,
linked identities."""

from __future__ import annotations

from django.db import models

from zhitong.domain.accounts.rules.words import Linking, Place, Way
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class OwnPassword(models.Model):
    """A password that its person chose himself, as the hash Django keeps; one that is not here was given by another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, related_name="+", db_index=False)
    encoded = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_own_password"
        indexes = [models.Index(fields=["person", "-set_at"], name="accounts_own_password_newest")]


class Factor(models.Model):
    """Somebody's authenticator app. Its secret is derived from the salt with the installation's key and stands nowhere.

    `last_step` is the newest step whose code was used: none is used twice.
    """

    person = models.OneToOneField("organisations.Person", models.CASCADE, primary_key=True, related_name="+")
    salt = models.BinaryField(max_length=20)
    made_at = models.DateTimeField()
    bound_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        db_table = "accounts_factor"


class RecoveryCode(models.Model):
    """A code for the day on which the phone is lost, as a keyed digest; used once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_recovery_code"
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="accounts_recovery_code_once")]


class Passkey(models.Model):
    """Somebody's passkey by its public half; `credential` is the name its device gave it, `count` the uses it has told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, related_name="+")
    credential = models.BinaryField(max_length=1023)
    public_key = models.BinaryField()
    count = models.BigIntegerField()
    name = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_passkey"
        constraints = [
            models.UniqueConstraint(
                fields=["credential"], name="accounts_passkey_one_person", violation_error_message="这个通行密钥已经绑定过。"
            ),
        ]


class Knock(models.Model):
    """Tries counted together; `until` is when the next may be made. The person is null where nobody has this login."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=64, unique=True)
    place = models.CharField(max_length=24, choices=choices_of(Place))
    login = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    person = models.ForeignKey("organisations.Person", models.CASCADE, null=True, related_name="+")
    failures = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_knock"
        indexes = [models.Index(fields=["-last_at"], name="accounts_knock_newest")]


class Sitting(models.Model):
    """Somebody signed in at a device, from when on; the session itself is kept by Django under the key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, related_name="+", db_index=False)
    session_key = models.CharField(max_length=40)
    way = models.CharField(max_length=24, choices=choices_of(Way))
    device = models.CharField(max_length=60)
    address = models.CharField(max_length=45)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_sitting"
        indexes = [
            models.Index(fields=["person", "-since"], name="accounts_sitting_newest"),
            models.Index(fields=["since"], name="accounts_sitting_oldest"),
        ]


class Identity(models.Model):
    """Somebody's account at a service that knows people: a subject is one person's, a person has one subject at a service."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, related_name="+", db_index=False)
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    how = models.CharField(max_length=24, choices=choices_of(Linking))
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_identity"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="accounts_identity_one_person",
                violation_error_message="这个统一身份已经绑定了另一个人。",
            ),
            models.UniqueConstraint(
                fields=["person", "issuer"], name="accounts_identity_one_subject",
                violation_error_message="这个人已经绑定了这项服务的另一个统一身份。",
            ),
        ]
