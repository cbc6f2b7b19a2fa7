"""What a password must be like, how long one waits, what a phone shows, when a sitting is over, which steps lie before (R-A3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from zhitong.config import environment, locks
from zhitong.domain.accounts.rules import one_time
from zhitong.domain.accounts.rules.passwords import (
    expires_at,
    initial_password,
    is_expired,
    kinds_in,
    password_trouble,
    rules_in_words,
)
from zhitong.domain.accounts.rules.protection import LEVELS, protection_of
from zhitong.domain.accounts.rules.sittings import UNKNOWN, device_in_words, is_over
from zhitong.domain.accounts.rules.steps import Standing, steps_before
from zhitong.domain.accounts.rules.waiting import WAITS, places_of, wait_after, wait_in_words
from zhitong.domain.accounts.rules.words import Place, Step, Way
from zhitong.domain.organisations.rules.kinds import PostKind

NOW = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)
STRICT = LEVELS[3]
RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Right-horse-9", ""),
        ("演示-right-99", ""),
        ("Short-9a", "密码至少10位，现在是8位。"),
        ("righthorse99", "密码要有小写字母、大写字母、数字、符号或汉字中的至少3种，现在有2种。"),
        ("A1-" + "x" * 200, "密码最多128位。"),
        ("Aa1Aa1Aa1Aa1", "密码里重复的字符太多，请换一个。"),
        ("Wang.hy-2018", "密码里不能有登录名或姓名，请换一个。"),
        ("WANG.HY-2018x", "密码里不能有登录名或姓名，请换一个。"),
        ("yh.gnaw-2018X", "密码里不能有登录名或姓名，请换一个。"),
        ("王海燕-right-99", "密码里不能有登录名或姓名，请换一个。"),
    ],
)
def test_a_refused_password_says_which_rule_it_breaks(password: str, said: str) -> None:
    assert password_trouble(password, STRICT, login="wang.hy", name="王海燕") == said


def test_a_short_login_is_found_in_good_passwords_by_chance_and_does_not_count() -> None:
    assert password_trouble("Right-horse-9", STRICT, login="ho", name="王") == ""


def test_blanks_are_no_kind_of_their_own() -> None:
    assert kinds_in("right horse") == 1
    assert kinds_in("Right 9-") == 4


def test_the_rules_are_said_as_they_are_set() -> None:
    assert rules_in_words(STRICT) == (
        "至少10位，小写字母、大写字母、数字、符号或汉字中至少3种，不含登录名和姓名，不能与最近5次用过的相同。"
    )


@pytest.mark.parametrize(("days", "age", "expired"), [(90, 90, False), (90, 91, True), (0, 9999, False)])
def test_a_password_expires_after_its_days_and_never_where_none_are_set(days: int, age: int, expired: bool) -> None:
    protection = protection_of(3, {"password_days": days}, "")

    assert is_expired(NOW - timedelta(days=age, seconds=0), protection, NOW) is expired
    assert (expires_at(NOW, protection) is None) is (days == 0)


def test_a_first_password_can_be_read_out_and_breaks_no_rule() -> None:
    drawn = [initial_password([seed * 7 + place * 13 for place in range(12)]) for seed in range(40)]

    assert {password_trouble(one, STRICT, login="wang.hy", name="王海燕") for one in drawn} == {""}
    assert not set("".join(drawn)) & set("01ilo")


@pytest.mark.parametrize(
    ("level", "figures", "posts", "expected"),
    [
        (3, {}, "", {PostKind.ADMINISTRATOR}),
        (2, {}, "", set()),
        (3, {}, "none", set()),
        (2, {"tries": 3}, "leader, administrator", {PostKind.LEADER, PostKind.ADMINISTRATOR}),
    ],
)
def test_a_level_is_a_preset_and_each_figure_may_be_set_otherwise(
    level: int, figures: dict[str, int | None], posts: str, expected: set[PostKind]
) -> None:
    found = protection_of(level, figures, posts)

    assert found.second_factor == expected
    assert found.tries == figures.get("tries", LEVELS[level].tries)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHITONG_PROTECTION_LEVEL", "4"), ("ZHITONG_SECOND_FACTOR", "boss"), ("ZHITONG_SIGN_IN_TRIES", "0"),
        ("ZHITONG_SITTING_HOURS", "0"), ("ZHITONG_PASSWORD_DAYS", "ninety"),
    ],
)
def test_a_setting_that_cannot_be_is_told_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(environment.WrongSetting, match=name):
        locks.protection()


@pytest.mark.parametrize(("proxies", "https", "expected"), [("", "0", 0), ("", "1", 1), ("2", "1", 2), ("0", "1", 0)])
def test_behind_https_one_proxy_is_expected(
    monkeypatch: pytest.MonkeyPatch, proxies: str, https: str, expected: int
) -> None:
    monkeypatch.setenv("ZHITONG_PROXIES", proxies)
    monkeypatch.setenv("ZHITONG_HTTPS", https)

    assert locks.proxies() == expected


@pytest.mark.parametrize(
    ("device", "address", "places"),
    [
        (True, False, (Place.DEVICE,)), (True, True, (Place.DEVICE,)), (False, True, (Place.ADDRESS,)),
        (False, False, (Place.ADDRESS, Place.SOURCE, Place.ACCOUNT)),
    ],
)
def test_who_is_known_shares_no_count_with_strangers(device: bool, address: bool, places: tuple[Place, ...]) -> None:
    assert places_of(is_device_known=device, is_address_known=address) == places


def test_waits_begin_after_the_free_tries_and_grow_to_the_longest() -> None:
    waits = [wait_after(failures, Place.ADDRESS, 5) for failures in range(12)]

    assert waits[:5] == [timedelta()] * 5
    assert tuple(waits[5:10]) == WAITS
    assert waits[-1] == WAITS[-1]
    assert all(one < other for one, other in pairwise(WAITS))
    assert wait_after(19, Place.SOURCE, 5) == timedelta()
    assert wait_after(20, Place.SOURCE, 5) == WAITS[0]


@pytest.mark.parametrize(("seconds", "said"), [(1, "1分钟"), (60, "1分钟"), (61, "2分钟"), (3600, "60分钟")])
def test_a_wait_is_told_in_whole_minutes_upwards(seconds: int, said: str) -> None:
    assert wait_in_words(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"), (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """Source: RFC 6238, appendix B (SHA-1)."""
    step = one_time.step_of(datetime.fromtimestamp(seconds, UTC))

    assert one_time.code_at(RFC_SECRET, step, digits=8) == code


@pytest.mark.parametrize(("off", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_one_step_off_either_way(off: int, is_taken: bool) -> None:
    here = one_time.step_of(NOW)

    found = one_time.step_matching(RFC_SECRET, one_time.code_at(RFC_SECRET, here + off), NOW, after=0)

    assert found == (here + off if is_taken else None)


def test_a_code_is_not_taken_twice_nor_an_older_one_after_it() -> None:
    here = one_time.step_of(NOW)

    assert one_time.step_matching(RFC_SECRET, one_time.code_at(RFC_SECRET, here), NOW, after=here) is None
    assert one_time.step_matching(RFC_SECRET, one_time.code_at(RFC_SECRET, here - 1), NOW, after=here) is None


def test_codes_are_read_however_people_type_them() -> None:
    assert one_time.plain_code(" 12 34-56 ") == "123456"
    assert one_time.plain_code("１２３４５６") == "123456"
    assert one_time.plain_code("ABCD-efgh-2345") == "abcdefgh2345"


def test_an_app_is_told_the_secret_as_the_standard_address() -> None:
    said = one_time.address_of_secret(RFC_SECRET, "wang hy")

    assert said.startswith("otpauth://totp/%E7%9B%B4%E9%80%9A%3Awang%20hy?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&")
    assert one_time.secret_in_words(RFC_SECRET).startswith("GEZD GNBV")


@pytest.mark.parametrize(
    ("began", "seen", "over"),
    [(0, 0, False), (479, 29, False), (479, 31, True), (481, 0, True)],
)
def test_a_sitting_is_over_when_nobody_came_or_it_lasted_too_long(began: int, seen: int, over: bool) -> None:
    assert is_over(NOW - timedelta(minutes=began), NOW - timedelta(minutes=seen), NOW, STRICT) is over


def test_without_an_idle_limit_only_the_absolute_one_ends_a_sitting() -> None:
    patient = protection_of(3, {"idle_minutes": 0}, "")

    assert not is_over(NOW - timedelta(hours=8), NOW - timedelta(hours=8), NOW, patient)
    assert is_over(NOW - timedelta(hours=8, seconds=1), NOW, NOW, patient)


@pytest.mark.parametrize(
    ("browser", "said"),
    [
        ("Mozilla/5.0 (Linux; Android 8.0) AppleWebKit Chrome/62 Mobile MicroMessenger/6.6", "安卓 · 微信"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit Chrome/115 Safari/537.36 Edg/115", "Windows · Edge"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13) AppleWebKit Version/11 Safari/605", "Mac · Safari"),
        ("", UNKNOWN),
    ],
)
def test_a_device_is_told_in_words(browser: str, said: str) -> None:
    assert device_in_words(browser) == said


OWN = Standing(is_own=True, is_expired=False, has_factor=False, must_bind=False)


@pytest.mark.parametrize(
    ("way", "standing", "steps"),
    [
        (Way.PASSWORD, OWN, ()),
        (Way.PASSWORD, Standing(False, False, False, False), (Step.CHANGE,)),
        (Way.PASSWORD, Standing(True, True, False, False), (Step.CHANGE,)),
        (Way.PASSWORD, Standing(False, False, True, True), (Step.PROVE, Step.CHANGE)),
        (Way.PASSWORD, Standing(False, False, False, True), (Step.BIND, Step.CHANGE)),
        (Way.PHONE, Standing(False, False, False, True), (Step.BIND,)),
        (Way.PHONE, Standing(False, True, True, False), (Step.PROVE,)),
        (Way.PASSWORD, Standing(False, True, False, True, is_spared=True), ()),
        (Way.PASSWORD, Standing(False, True, True, True, is_spared=True), (Step.PROVE,)),
    ],
)
def test_identity_is_proved_before_anything_is_changed(way: Way, standing: Standing, steps: tuple[Step, ...]) -> None:
    assert steps_before(way, standing) == steps
