"""The State Council's notice is read as it is printed; what it says agrees with the shipped tables (R-F5)."""

from __future__ import annotations

from datetime import date

import pytest

from zhitong.domain.calendars.rules.published import special_dates
from zhitong.domain.calendars.rules.reading import Unreadable, read_notice

NOTICE_2019 = """
经国务院批准，现将2019年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
"""
NOTICE_2025 = """
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
"""


@pytest.mark.parametrize(("year", "text"), [(2019, NOTICE_2019), (2025, NOTICE_2025)])
def test_a_notice_as_printed_gives_the_year_of_the_tables(year: int, text: str) -> None:
    read = {one.on: one.works for one in read_notice(text, year) if one.on.year == year}

    assert read == {one.on: one.works for one in special_dates(year) or ()}


def test_the_new_year_notice_also_names_the_december_before() -> None:
    before = [(one.on, one.works, one.name) for one in read_notice(NOTICE_2019, 2019) if one.on.year == 2018]

    assert before == [(date(2018, 12, 29), True, "元旦"), (date(2018, 12, 31), False, "元旦")]


def test_each_day_keeps_the_name_of_its_holiday() -> None:
    names = {one.on: one.name for one in read_notice(NOTICE_2025, 2025)}

    assert names[date(2025, 2, 8)] == "春节"
    assert names[date(2025, 10, 6)] == "国庆节、中秋节"


def test_full_width_signs_and_spaces_are_read_too() -> None:
    assert [one.on.day for one in read_notice("春节: ２月４日 至 ６日 放假。", 2019)] == [4, 5, 6]


def test_what_says_nothing_of_days_gives_none() -> None:
    assert read_notice("共7天。请妥善安排值班。2月4日", 2019) == []


@pytest.mark.parametrize("text", ["春节：2月30日放假", "国庆：10月7日至1日放假", "春节：1月1日至12月31日放假", "x：13月1日上班"])
def test_a_date_that_cannot_be_is_told(text: str) -> None:
    with pytest.raises(Unreadable, match="请核对"):
        read_notice(text, 2019)
