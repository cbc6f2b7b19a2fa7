"""Nothing of a matter leaves: no title, no firm, no person, for any kind of notice; and when messages may go (R-A3, R-D)."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.messaging.rules.channels import Channel, address_trouble, masked, written_right
from zhitong.domain.messaging.rules.hours import Habit, Pace, goes_at, goes_on_at, habit_troubles
from zhitong.domain.messaging.rules.outside import SORTS, URGENT, Matter, Sort, Text, number_outside, text_of, told_of
from zhitong.domain.notices.rules import NoticeKind
from zhitong.kit.clock import SHANGHAI

NOW = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)
NUMBER = "冀-沧州-2018-000123"
SECRETS = ("演示南大港石化设备有限公司", "演示张三", "关于演示公司用电问题的专题会议", "2018-04-20走访", "7K3M-9QXT-4FHB")
THINGS = ("problem", "common", "supervision", "instruction", "cycle", "decision", "visit", "milestone", "extra", "edition",
          "complaint", "card", "card_round", "inspection", "finding", "piece", "report", "whatever")


def outside_text(matters: list[Matter], url: str, at: datetime) -> Text:
    """What leaves of these matters."""
    return text_of([told_of(one) for one in matters], url, at)


def test_every_kind_of_notice_is_sorted() -> None:
    assert set(SORTS) == set(NoticeKind)
    assert SORTS.keys() >= URGENT


@pytest.mark.parametrize("kind", NoticeKind, ids=str)
def test_of_no_kind_a_title_a_firm_or_a_person_leaves(kind: NoticeKind) -> None:
    """Whatever stands inside for the number of a thing: only what the house itself has numbered leaves."""
    told = [outside_text([Matter(kind, thing, secret)], "https://z.example/n/", NOW) for thing in THINGS for secret in SECRETS]
    told += [outside_text([Matter(kind, thing, one) for thing in THINGS for one in SECRETS], "", NOW)]

    assert {secret for secret in SECRETS for text in told if secret in text.sentence + text.title + text.url} == set()
    assert {kind.label for text in told if kind.label in text.sentence} == set()


def test_of_what_is_sealed_not_even_the_sort_is_told() -> None:
    text = outside_text([Matter(NoticeKind.SEALED_CAME, "complaint", "7K3M-9QXT-4FHB")], "https://z.example/n/", NOW)

    assert text.sentence == "【直通】您有一条新消息，请登录查看：https://z.example/n/ 4月27日15:40"


def test_a_number_of_the_house_goes_out_and_many_are_counted() -> None:
    one = outside_text([Matter(NoticeKind.REMINDED, "problem", NUMBER)], "https://z.example/n/", NOW)
    many = outside_text([
        Matter(NoticeKind.REMINDED, "problem", NUMBER), Matter(NoticeKind.SUPERVISED, "supervision", "沧州市双创双服办督字〔2018〕1号"),
        Matter(NoticeKind.MEETING_CALLED, "cycle", "关于演示公司用电问题的专题会议"),
    ], "", NOW)

    assert one.sentence == f"【直通】您有一件待办理事项（编号：{NUMBER}），请登录查看：https://z.example/n/ 4月27日15:40"
    assert many.sentence == (
        f"【直通】您有3件事项：待签收1件、待办理1件、会议安排1件（编号：{NUMBER}、沧州市双创双服办督字〔2018〕1号），请登录查看。4月27日15:40"
    )
    assert number_outside(Matter(NoticeKind.REMINDED, "problem", f"{NUMBER} 演示公司")) == ""


WORKDAYS = Calendar({}, frozenset({2018}))
USUAL = Habit()
DIGEST = Habit(Pace.DIGEST, (time(9), time(15)))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of April 2018 in Shanghai; the 27th is a Friday."""
    return datetime(2018, 4, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "habit", "is_urgent", "expected"),
    [
        (at(27, 15, 40), USUAL, False, at(27, 15, 40)),
        (at(27, 12, 30), USUAL, False, at(27, 12, 30)),  # the pause at noon is office time for a message
        (at(26, 22), USUAL, False, at(27, 8, 30)),  # what comes in the night goes at opening
        (at(26, 22), USUAL, True, at(27, 8, 30)),
        (at(26, 22), Habit(urgent_at_any_hour=True), True, at(26, 22)),
        (at(27, 18), USUAL, False, at(30, 8, 30)),  # after Friday comes Monday
        (at(28, 7), Habit(on_workdays=False), False, at(28, 8)),  # on a Saturday after the quiet hours
        (at(28, 23), Habit(on_workdays=False), False, at(29, 8)),
        (at(28, 3), Habit(on_workdays=False, quiet_from=time(0), quiet_until=time(0)), False, at(28, 3)),
        (at(27, 8), DIGEST, False, at(27, 9)),
        (at(27, 9, 1), DIGEST, False, at(27, 15)),
        (at(27, 16), DIGEST, False, at(30, 9)),
        (at(27, 9, 1), DIGEST, True, at(27, 9, 1)),  # what is urgent waits for no digest
        (at(27, 8), Habit(quiet_from=time(8), quiet_until=time(10)), False, at(27, 10)),
    ],
)
def test_when_a_message_may_go(now: datetime, habit: Habit, is_urgent: bool, expected: datetime) -> None:
    assert goes_at(now.astimezone(UTC), habit, WORKDAYS, is_urgent=is_urgent) == expected


def test_what_was_due_while_nobody_was_at_work_wakes_nobody_and_a_digest_that_has_come_goes() -> None:
    def goes(due: datetime, now: datetime, habit: Habit) -> datetime:
        return goes_on_at(due.astimezone(UTC), now.astimezone(UTC), habit, WORKDAYS, is_urgent=False)

    assert goes(at(26, 17), at(26, 23), USUAL) == at(27, 8, 30)
    assert goes(at(26, 17), at(26, 17, 10), USUAL) == at(26, 17, 10)
    assert goes(at(26, 9), at(26, 9, 0), DIGEST) == at(26, 9)
    assert goes(at(26, 8), at(26, 8), DIGEST) == at(26, 9)


def test_a_holiday_and_a_make_up_day_are_heeded() -> None:
    closed = Calendar({at(27, 0).date(): False, at(28, 0).date(): True}, frozenset({2018}))

    assert goes_at(at(27, 10), USUAL, closed, is_urgent=False) == at(28, 8, 30)


def test_a_habit_that_contradicts_itself_is_told_beside_the_field() -> None:
    assert habit_troubles(DIGEST) == {}
    assert "免打扰" in habit_troubles(Habit(Pace.DIGEST, (time(22),)))["times"]
    assert "请填写" in habit_troubles(Habit(Pace.DIGEST, ()))["times"]


def test_addresses_are_read_as_people_write_them_and_shown_with_their_middle_hidden() -> None:
    assert written_right(Channel.SMS, "+86 138-1234-5678") == "13812345678"
    assert written_right(Channel.EMAIL, " Zhang@Example.CN ") == "zhang@example.cn"
    assert address_trouble(Channel.EMAIL, "zhang@example.cn\nbcc: x") != ""
    assert address_trouble(Channel.WECOM, "张三") != ""
    assert (masked(Channel.SMS, "13812345678"), masked(Channel.EMAIL, "zhang@example.cn")) == ("138****5678", "zh***@example.cn")
    assert Sort.TO_SIGN.label == "待签收"
