"""What organisations keep. Edges, lines kept and tenures are dated; nothing is deleted, it ends."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from zhitong.domain.organisations.rules.kinds import PostKind, Rank, RegionKind, Relation, Subordination, UnitKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7
from zhitong.kit.sealing.columns import SealedText, SearchDigest, digest_for


class Region(models.Model):
    """A node of the territory: a statutory division or a functional zone.

    `tile_column` and `tile_row` are its place on the chart of the region it reports to, from 1; null where it is laid by rule.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    short = models.CharField(max_length=30)
    rank = models.CharField(max_length=24, choices=choices_of(Rank))
    kind = models.CharField(max_length=24, choices=choices_of(RegionKind))
    statistics_code = models.CharField(max_length=12, blank=True)
    position = models.PositiveIntegerField()
    pinyin = models.CharField(max_length=200)
    tile_column = models.PositiveSmallIntegerField(null=True)
    tile_row = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "organisations_region"
        indexes = [models.Index(fields=["rank", "position"], name="organisations_region_rank")]
        constraints = [
            models.CheckConstraint(
                condition=Q(tile_column__isnull=True, tile_row__isnull=True) | Q(tile_column__gte=1, tile_row__gte=1),
                name="organisations_region_tile_whole", violation_error_message="图块的位置须同时写明列和行。",
            ),
        ]


class RegionEdge(models.Model):
    """One region under another in one relation, from a day on, perhaps until a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="edges")
    parent = models.ForeignKey(Region, models.PROTECT, related_name="edges_below")
    relation = models.CharField(max_length=24, choices=choices_of(Relation))
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "organisations_region_edge"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "relation"], condition=Q(until__isnull=True) & ~Q(relation="shown"),
                name="organisations_one_parent", violation_error_message="一个区划在同一种隶属关系中只能有一个上级。",
            ),
            models.CheckConstraint(
                condition=~Q(region=F("parent")), name="organisations_not_own_parent",
                violation_error_message="区划不能以自己为上级。",
            ),
        ]


class RegionWithin(models.Model):
    """A region and one it reports through (itself included), with the steps between: kept when edges change."""

    pk = models.CompositePrimaryKey("region_id", "ancestor_id")
    region = models.ForeignKey(Region, models.CASCADE, related_name="within")
    ancestor = models.ForeignKey(Region, models.CASCADE, related_name="holds")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "organisations_region_within"
        indexes = [models.Index(fields=["ancestor", "region"], name="organisations_within_ancestor")]


class Line(models.Model):
    """A trade of government through all levels (条线)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "organisations_line"


class Unit(models.Model):
    """A body that can be accountable. A township's one unit keeps all lines without a row for each.

    `is_kept_here`: opened or renamed by who administers the territory; loading a package neither ends nor renames it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    short = models.CharField(max_length=60)
    kind = models.CharField(max_length=24, choices=choices_of(UnitKind))
    region = models.ForeignKey(Region, models.PROTECT, related_name="units")
    subordination = models.CharField(max_length=24, choices=choices_of(Subordination), default="territorial")
    host = models.ForeignKey("self", models.PROTECT, null=True, related_name="hosted")
    contact_unit = models.ForeignKey("self", models.PROTECT, null=True, related_name="contacts")
    keeps_all_lines = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="succeeded")
    is_kept_here = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "organisations_unit"
        indexes = [models.Index(fields=["region", "kind"], name="organisations_unit_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["region"], condition=Q(kind="campaign_office", ended_on__isnull=True),
                name="organisations_one_office", violation_error_message="一个区划只设一个活动办公室。",
            ),
            models.UniqueConstraint(
                fields=["region"], condition=Q(keeps_all_lines=True, ended_on__isnull=True),
                name="organisations_one_keeper_of_all",
                violation_error_message="一个区划只能有一个单位承担全部条线。",
            ),
            models.CheckConstraint(
                condition=Q(subordination__in=["territorial", "dual"]) | Q(contact_unit__isnull=False),
                name="organisations_consulted_has_contact",
                violation_error_message="垂直管理单位、驻地国有企业和驻军单位须指定对口联系单位。",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | (Q(ended_on__isnull=False) & ~Q(successor=F("id"))),
                name="organisations_successor_of_ended",
                violation_error_message="只有撤销的单位才有承接单位，且不能是它自己。",
            ),
        ]


class UnitAlias(models.Model):
    """Another name under which papers print a unit, within its region."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "organisations_unit_alias"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="organisations_alias_once")]
        indexes = [models.Index(fields=["name"], name="organisations_alias_name")]


class LineKept(models.Model):
    """A unit keeps a line in its region, from a day on; an exclusion constraint allows one unit at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lines_kept")
    region = models.ForeignKey(Region, models.PROTECT, related_name="lines_kept")
    line = models.ForeignKey(Line, models.PROTECT, related_name="kept")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "organisations_line_kept"
        indexes = [models.Index(fields=["region", "line"], name="organisations_kept_region_line")]


class Post(models.Model):
    """A seat in a unit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=24, choices=choices_of(PostKind))
    title = models.CharField(max_length=60)
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "organisations_post"
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], name="organisations_post_once"),
        ]


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by login name, as Django's sign-in asks, or by the phone he has proved to be his."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Whoever signs in under a name; failing that the owner of the phone that was written in its place.

        Raises Person.DoesNotExist.
        """
        named = self.filter(login=username).first()
        if named is None and not username:
            raise Person.DoesNotExist
        return named or self.get(phone_digest=digest_for(Person, "phone", username or ""), is_active=True)


class Person(AbstractBaseUser):
    """A person who signs in: officials and firms alike."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    phone = SealedText(blank=True, default="")
    phone_digest = SearchDigest(of="phone")
    is_active = models.BooleanField(default=True)
    large_type = models.BooleanField(null=True)  # null: never chosen, pages go by what the device was told

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    held: Any = None  # the posts held, where the person was read together with them

    objects = PersonManager()

    class Meta:
        db_table = "organisations_person"
        constraints = [
            models.UniqueConstraint(
                fields=["phone_digest"], condition=~Q(phone_digest=""), name="organisations_phone_digest_once",
                violation_error_message="这个手机号码已有人使用。",
            ),
        ]


class Tenure(models.Model):
    """A person in a post, from a day on, perhaps until a day.

    `keeper` is the kind of the post where it is one of the three administrators', written by the database itself: nobody
    holds two different ones at a time (三员分立).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    since = models.DateField()
    until = models.DateField(null=True)
    keeper = models.CharField(max_length=24, null=True, editable=False)

    class Meta:
        db_table = "organisations_tenure"
        constraints = [
            models.UniqueConstraint(
                fields=["post", "person"], condition=Q(until__isnull=True), name="organisations_tenure_once",
            ),
        ]


class Substitution(models.Model):
    """A person who stands in for the holder of a post, from a day to a day; `ended_at` once it was ended by hand or both
    have been told that it has run out, `begun_at` once both have been told that it begins."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "organisations_substitution"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="organisations_substitution_days",
                violation_error_message="代办的最后一天不能早于第一天。",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("holder")), name="organisations_substitution_another",
                violation_error_message="代办人不能是本人。",
            ),
        ]


class ApiToken(models.Model):
    """A key with which a program acts as one post of one person; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "organisations_api_token"
