"""Linking people with their accounts at identity services: by rule at sign-in, by oneself, by who administers. Once each way."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhitong.domain.accounts.models import Identity
from zhitong.domain.accounts.queries.administered import administered
from zhitong.domain.accounts.queries.identities import person_of_subject, service_called, shown_as
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.rules.services import Match, SignInService
from zhitong.domain.accounts.rules.words import AccountFact, Linking
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import credentials_of, person_of_login, person_of_phone
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

LONGEST_REASON, LONGEST_SUBJECT = 200, 255


class UnknownSubject(Refused):
    """The service knows him, this installation does not: nothing is opened for him by that."""

    def __init__(self, service: str, subject: str) -> None:
        super().__init__(
            f"{service}已确认您的身份，但这个账号还没有对应到本系统的人员。请先用密码或手机验证码登录，在“我的账号”里绑定{service}；"
            f"还没有开通的，请联系本级系统管理员，报上您在{service}的编号：{subject}。"
        )


class LinkedOtherwise(Refused):
    """The subject is somebody else's, or the person has another account at the service."""


class Stopped(Refused):
    """The person's account is stopped."""

    def __init__(self) -> None:
        super().__init__("您在本系统的账号已停用。需要恢复的，请联系本级系统管理员。")


@transaction.atomic
def recognise(service: SignInService, *, subject: str, named: str, now: datetime) -> UUID:
    """Who a subject is; the first time found by the rule of the service with what its claim says (`named`), and kept.

    Raises UnknownSubject: nobody. Raises LinkedOtherwise: whom the rule finds has another account there. Raises Stopped.
    """
    person_id = person_of_subject(service.issuer, subject)
    if person_id is not None:
        if person_of_login(credentials_of(person_id).login) is None:  # finds who is active
            raise Stopped
        return person_id
    found = _by_rule(service, named)
    if found is None:
        raise UnknownSubject(service.name, subject)
    _link(service, subject, found, Linking.RULE, Actor(found, None, None, "web"), now)
    return found


@transaction.atomic
def link_own(service: SignInService, *, subject: str, actor: Actor, person_id: UUID, now: datetime) -> None:
    """Link oneself with the account that one has just signed in to there. Raises LinkedOtherwise."""
    if person_of_subject(service.issuer, subject) == person_id:
        return
    _link(service, subject, person_id, Linking.OWN, actor, now)


@transaction.atomic
def unlink_own(*, person_id: UUID, identity_id: UUID, actor: Actor, now: datetime) -> None:
    """Let go of one's account at a service. Raises NotFound: it is somebody else's, or was let go of."""
    if not Identity.objects.filter(id=identity_id, person_id=person_id).delete()[0]:
        raise NotFound
    record(
        AccountFact.IDENTITY_UNLINKED.value, thing_kind="person", thing_id=person_id, actor=actor, at=now,
        body={"identity": identity_id},
    )


@transaction.atomic
def link_for(
    viewer: Viewer, *, service_key: str, login: str, subject: str, reason: str, actor: Actor, now: datetime
) -> None:
    """Link somebody of the territory with his account at a service, whose number (`sub`) the service tells.

    Raises BadInput, at `login`, `subject` or `reason`. Raises NotFound: there is no such service. Raises LinkedOtherwise.
    Raises NotYours, NotYourself, NotWholly: see `administered`.
    """
    said = written("reason", reason, LONGEST_REASON, wanted="请写明为什么绑定，例如“本人申请，已核对身份”。")
    number = written("subject", subject, LONGEST_SUBJECT, wanted="请填写本人在该服务里的编号（sub）。")
    service, person_id = service_called(service_key), administered(viewer, login, now=now)
    _link(service, number, person_id, Linking.ADMINISTRATOR, actor, now, reason=said)


@transaction.atomic
def unlink_for(viewer: Viewer, *, service_key: str, login: str, reason: str, actor: Actor, now: datetime) -> None:
    """Take the link of somebody of the territory with a service away.

    Raises BadInput, at `login` or `reason`. Raises NotFound: there is no such service.
    Raises NotYours, NotYourself, NotWholly: see `administered`.
    """
    said = written("reason", reason, LONGEST_REASON, wanted="请写明为什么解除，例如“人员调离，账号收回”。")
    service, person_id = service_called(service_key), administered(viewer, login, now=now)
    row = Identity.objects.filter(person_id=person_id, issuer=service.issuer).first()
    if row is None:
        raise BadInput(_UNLINKED, {"login": _UNLINKED})
    row_id = row.id
    row.delete()
    record(
        AccountFact.IDENTITY_UNLINKED.value, thing_kind="person", thing_id=person_id, actor=actor, at=now,
        body={"identity": row_id}, details={"reason": said},
    )


def _by_rule(service: SignInService, named: str) -> UUID | None:
    if not named or service.matches is Match.NONE:
        return None
    return person_of_phone(named) if service.matches is Match.PHONE else person_of_login(named)


def _link(
    service: SignInService, subject: str, person_id: UUID, how: Linking, actor: Actor, now: datetime, *, reason: str = ""
) -> None:
    """Keep a link; the database holds that a subject is one person's, and that a person has one subject at a service."""
    row = Identity(person_id=person_id, issuer=service.issuer, subject=subject, how=how.value, linked_at=now)
    try:
        himself = nullcontext() if how is Linking.ADMINISTRATOR else known_as(person_id)
        with transaction.atomic(), shown_as(service.issuer, subject), himself:
            row.save(force_insert=True)
    except IntegrityError as error:
        is_others = person_of_subject(service.issuer, subject) is not None
        raise LinkedOtherwise(_TAKEN if is_others else _HAS_ANOTHER) from error
    record(
        AccountFact.IDENTITY_LINKED.value, thing_kind="person", thing_id=person_id, actor=actor, at=now,
        body={"identity": row.id, "how": how},
        details={"service": service.name, "subject": subject, **({"reason": reason} if reason else {})},
    )


_UNLINKED = "这个人没有绑定这个统一身份，不用解除。"
_TAKEN = "这个统一身份已经绑定了另一个人，一个统一身份只能对应一个人。请核对登录的是不是本人；有误的，由系统管理员解除原绑定后再绑定。"
_HAS_ANOTHER = "对应的人员已经绑定了这项服务的另一个统一身份。换了账号的，请先解除原绑定，再重新绑定。"
