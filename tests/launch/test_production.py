"""`zhitong doctor --production` refuses a weak set-up point by point."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.test import override_settings

from tests.files.clamd import clamd
from tests.launch.test_backup_rules import backup
from zhitong.config import database as config
from zhitong.config import state
from zhitong.domain.organisations.models import Person
from zhitong.launch import doctor
from zhitong.launch.backup import take
from zhitong.launch.checks import production
from zhitong.launch.doctor import Check, Verdict
from zhitong.launch.parser import Parser
from zhitong.rehearsal.accounts import ACCOUNTS, PASSWORD

SOUND = {
    "ZHITONG_DEBUG": "0", "ZHITONG_HTTPS": "1", "ZHITONG_ALLOWED_HOSTS": "zhitong.example", "ZHITONG_LOG_FORMAT": "json",
    "ZHITONG_PACE": "on",
    "ZHITONG_SECRET_KEY": "q8Hk2_vT5xLr0WcJ7nYbZ4mPd9sGfA1eUiOo3KtXjVwRyB6h",
}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Everything as it should be; yields the folder of backups."""
    for name, value in SOUND.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "backups"
    backup(folder, datetime.now(UTC) - timedelta(hours=3))
    monkeypatch.setenv("ZHITONG_BACKUP_DIR", str(folder))
    monkeypatch.setattr(production, "_same_disk", lambda one, other: False)
    with clamd(tmp_path) as (_server, address):
        monkeypatch.setenv("ZHITONG_SCANNER", address)
        yield folder


def wrong() -> dict[str, Check]:
    return {check.name: check for check in production.checks() if check.verdict is not Verdict.OK}


def test_a_sound_set_up_has_nothing_to_mend(sound: Path) -> None:
    assert wrong() == {}


@pytest.mark.parametrize(
    ("name", "value", "point"),
    [
        ("ZHITONG_DEBUG", "1", "调试页面"), ("ZHITONG_HTTPS", "0", "加密访问"), ("ZHITONG_ALLOWED_HOSTS", "*", "访问域名"),
        ("ZHITONG_ALLOWED_HOSTS", "a.example,*", "访问域名"), ("ZHITONG_ALLOWED_HOSTS", "", "访问域名"),
        ("ZHITONG_LOG_FORMAT", "plain", "日志"), ("ZHITONG_SECRET_KEY", "short", "签名密钥"), ("ZHITONG_SECRET_KEY", "a" * 60, "签名密钥"),
        ("ZHITONG_PACE", "off", "访问限速"), ("ZHITONG_SCANNER", "", "附件查毒"), ("ZHITONG_SCANNER", "unix:/nobody.ctl", "附件查毒"),
        ("ZHITONG_SECOND_FACTOR", "none", "登录保护"), ("ZHITONG_IDLE_MINUTES", "0", "登录保护"),
        ("ZHITONG_PASSWORD_LENGTH", "6", "登录保护"), ("ZHITONG_SIGN_IN_TRIES", "100", "登录保护"),
    ],
)
def test_each_weak_point_is_named_with_what_to_do(
    sound: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, point: str
) -> None:
    monkeypatch.setenv(name, value)

    found = wrong()

    assert set(found) == {point}
    assert found[point].next_step


@pytest.mark.parametrize(("hours", "verdict"), [(47, Verdict.OK), (49, Verdict.FAIL), (None, Verdict.FAIL)])
def test_a_backup_of_two_days_ago_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hours: int | None, verdict: Verdict
) -> None:
    monkeypatch.setattr(take, "home", lambda: tmp_path)
    monkeypatch.setattr(production, "_same_disk", lambda one, other: False)
    if hours is not None:
        backup(tmp_path, NOW - timedelta(hours=hours))

    assert production._backup(NOW).verdict is verdict


def test_a_backup_on_the_disk_it_should_outlive_needs_attention(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(take, "home", lambda: sound)
    monkeypatch.setattr(state, "location", lambda: sound)

    assert production._backup(datetime.now(UTC)).verdict is Verdict.WARN


@pytest.mark.parametrize(("password", "is_active", "verdict"), [
    (PASSWORD, True, Verdict.FAIL), (PASSWORD, False, Verdict.OK), ("another-long-one", True, Verdict.OK),
])
def test_the_published_password_opens_no_account(
    fresh_database: str, password: str, is_active: bool, verdict: Verdict
) -> None:
    with config.as_role("owner", name=fresh_database), override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    ):
        Person.objects.filter(login=ACCOUNTS[0].login).delete()
        Person.objects.create(login=ACCOUNTS[0].login, name="某人", password=make_password(password), is_active=is_active)

        assert production._passwords().verdict is verdict


@pytest.mark.django_db
def test_a_demonstration_is_no_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.domain.campaigns.queries.is_demonstration", lambda: True)
    assert production._demonstration().verdict is Verdict.FAIL
    monkeypatch.setattr("zhitong.domain.campaigns.queries.is_demonstration", lambda: False)
    assert production._demonstration().verdict is Verdict.OK


@pytest.mark.parametrize(("words", "code"), [((), 0), (("--production",), 1)])
def test_for_production_attention_is_refusal(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int) -> None:
    asked: list[bool] = []

    def examine(*, is_production: bool) -> list[Check]:
        asked.append(is_production)
        return [Check("日志", Verdict.WARN, "只记警告。", "设 json。")]

    monkeypatch.setattr(doctor, "examine", examine)
    parser = Parser(prog="zhitong doctor")
    doctor.add_arguments(parser)

    assert doctor.run(parser.parse_args(words)) == code
    assert asked == [bool(words)]


def test_only_for_production_are_these_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(doctor, "_ask", lambda functions: asked.extend(functions) or [])
    monkeypatch.setattr(doctor, "_ask_with_database", lambda functions: asked.extend(functions) or [])

    doctor.examine()
    plain = list(asked)
    asked.clear()
    doctor.examine(is_production=True)

    assert set(asked) - set(plain) == {*doctor.PRODUCTION, *doctor.PRODUCTION_WITH_DATABASE}
