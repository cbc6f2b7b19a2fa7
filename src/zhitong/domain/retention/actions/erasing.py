"""Erasing a person who asks for it: taken up by who administers the territory, done by the worker at once.

Whoever administers people may not touch the rows that are theirs alone (sittings, looks, calendars): the second wall shows
those to nobody else. So the request is an act, from which on nobody signs in under the account, and the worker does the rest.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from zhitong.domain.cards.models import Obligation, ProblemRow
from zhitong.domain.exchange.models import Upload, UploadRow
from zhitong.domain.history.actions import record
from zhitong.domain.history.models import Outcome
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.seals import HistoryFact
from zhitong.domain.organisations.models import Person
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.retention.actions.stripping import strip_account
from zhitong.domain.retention.models import Erasure
from zhitong.domain.retention.queries.holds import is_held
from zhitong.domain.retention.queries.people import person_named, places_of, posts_still_held, units_of
from zhitong.domain.retention.rules.terms import erased_login, erased_name
from zhitong.domain.retention.rules.words import HoldKind, RetentionFact
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.queries.caring import care_named
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, Refused

LONGEST = 200
WORK = Actor(None, None, None, "work")


class StillAtWork(Refused):
    """The person holds a post, stands in for somebody, or is named as who looks after a firm."""


class UnderHold(Refused):
    """A hold keeps what is known of the person."""


@transaction.atomic
def ask_to_erase(viewer: Viewer, *, login: str, reason: str, actor: Actor, now: datetime) -> int:
    """Take up the erasing of a person of the territory; returns the number that stands in his place. He is let in no more.

    Raises NotYours: the post does not administer, or the person also held posts elsewhere. Raises BadInput, at `login`:
    nobody of the territory has it; at `reason`: none. Raises StillAtWork, UnderHold.
    Source: 个人信息保护法 第四十七条, GB/T 35273-2020 8.3, 8.5.
    """
    require(viewer, Permission.ADMINISTER)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        sentence = f"请写明本人何时、怎样提出，{LONGEST}字以内，不写姓名和电话。"
        raise BadInput(sentence, {"reason": sentence})
    person_id, name, region_id = _leaving(viewer, login.strip())
    _refuse_at_work(person_id, name, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('erasure', 3))")
        cursor.execute("SELECT retention_next_number()")
        number = int(cursor.fetchone()[0])
    Person.objects.filter(id=person_id).update(is_active=False)
    Erasure.objects.create(person_id=person_id, region_id=region_id, number=number, asked_by_id=viewer.person_id, asked_at=now)
    record(
        str(RetentionFact.ASKED), thing_kind="erased_person", thing_id=person_id, actor=actor, at=now, body={"number": number},
        details={"reason": reason.replace(name, erased_name(number)).replace(login.strip(), erased_login(number))},
    )
    return number


def _leaving(viewer: Viewer, login: str) -> tuple[UUID, str, UUID]:
    """Who is to be erased, with his name and the region he held a post in last."""
    found, within = person_named(login), set(directory().within(viewer.region_id))
    places = places_of(found[0]) if found else []
    if found is None or not any(one in within for one in places) or Erasure.objects.filter(person_id=found[0]).exists():
        raise BadInput(_NOBODY, {"login": _NOBODY})
    if found[0] == viewer.person_id:
        raise NotYours("不能受理自己的删除。请由另一位系统管理员或上一级办理。")
    if not all(one in within for one in places):
        raise NotYours("这个人在本辖区以外也任过职，请由管理全部这些岗位的上级系统管理员办理。")
    return found[0], found[1], places[0]


def _refuse_at_work(person_id: UUID, name: str, now: datetime) -> None:
    today = day_of(now)
    if held := posts_still_held(person_id, today):
        raise StillAtWork(f"还任{'、'.join(held)}。请先在“单位与人员”里免职；有在办事项的，在“交接”里交给接手的人，再受理删除。")
    if any(care_named(unit_id, name) for unit_id in units_of(person_id)):
        raise StillAtWork("还是分包帮扶的责任人或联络员。请先在“交接”里办理岗位交接，再受理删除。")
    if is_held(HoldKind.PERSON, person_id, today):
        raise UnderHold("已对这个人设定保留，保留期内不能删除。请与安全管理员核对，保留解除以后再受理。")


@transaction.atomic
def erase_next(*, now: datetime) -> int:
    """Erase the next person who waits for it; returns 1, or 0 where nobody does. For the worker, which sees every row."""
    row = Erasure.objects.select_for_update(skip_locked=True, of=("self",)).filter(done_at__isnull=True).order_by("number").first()
    if row is None:
        return 0
    person = Person.objects.select_for_update().get(id=row.person_id)
    name, login, label = person.name, person.login, erased_name(row.number)
    rows = strip_account(row.person_id) + _blank_places(row.person_id, name, login, label)
    person.refresh_from_db()
    person.name, person.login, person.is_active, person.large_type = label, erased_login(row.number), False, None
    person.save(update_fields=["name", "login", "is_active", "large_type"])
    is_only = not Person.objects.filter(name=name).exists()
    rows += _erase_words(row.person_id, [login, *([name] if is_only else [])], now)
    Erasure.objects.filter(id=row.id).update(done_at=now, rows=rows)
    record(
        str(RetentionFact.ERASED), thing_kind="erased_person", thing_id=row.person_id, actor=WORK, at=now,
        body={"number": row.number, "rows": rows},
    )
    return 1


def _blank_places(person_id: UUID, name: str, login: str, label: str) -> int:
    """Where the name stands beside units in which he sat, and in what he or others sent in; returns how many rows."""
    units = list(units_of(person_id))
    own = Q(unit_id__in=units)
    subjects = Subject.objects.filter(own, contact=name)
    changed = 0
    for subject in subjects.select_for_update():
        subject.contact, subject.contact_phone = "", ""
        subject.save(update_fields=["contact", "contact_phone", "contact_phone_digest"])
        changed += 1
    of_firm = ProblemRow.objects.filter(card__subject__unit_id__in=units, reporter_name=name)
    changed += of_firm.update(reporter_name="", reporter_post="", reporter_phone="")
    for column in ("lead_official", "person_in_charge", "liaison"):
        changed += Care.objects.filter(own, until__isnull=False, **{column: name}).update(**{column: label})
    told = Obligation.objects.filter(Q(collecting_unit_id__in=units) | Q(caring_unit_id__in=units), person_in_charge=name)
    changed += told.update(person_in_charge=label)
    settled = Upload.objects.exclude(state="ordered").values("id")
    sent = UploadRow.objects.filter(upload_id__in=settled).annotate(
        was=Cast("original", TextField()), replaced=Cast("before", TextField())
    )
    for word in (login, name):
        changed += sent.filter(Q(was__contains=f'"{word}"') | Q(replaced__contains=f'"{word}"')).delete()[0]
    return changed + Outcome.objects.filter(actor=person_id).delete()[0]


def _erase_words(person_id: UUID, words: list[str], now: datetime) -> int:
    """Take his words out of the history; the facts and their digests stay, and a fact names what was taken out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fact_id, field FROM retention_erase_words(%s, %s) ORDER BY fact_id, field", [person_id, words])
        erased = [[str(fact_id), field] for fact_id, field in cursor.fetchall()]
    if erased:
        kind = str(HistoryFact.ERASED.value)
        record(kind, thing_kind="erasure", thing_id=uuid7(), actor=WORK, at=now, body={"details": erased})
    return len(erased)


_NOBODY = "本辖区没有这个登录名的人员，或者已经受理过删除。请核对后再填。"
