"""Pages by key: every row once, there and back, and only cursors of our own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kit.paging import BadCursor, Cursor, Key, Sealer, Sort, every_row, how_many, page_of

ROWS = [{"id": number, "due": number % 3} for number in range(11)]


def fetch(filters: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[dict[str, int]]:
    """What a room's query does, over a list."""
    found = sorted(ROWS, key=lambda row: key_of(row, sort), reverse=sort.descending)
    if after is not None:
        found = [row for row in found if (key_of(row, sort) < after if sort.descending else key_of(row, sort) > after)]
    return found[:limit]


def key_of(row: dict[str, int], sort: Sort) -> Key:
    return row[sort.by], row["id"]


@given(st.sampled_from(["due", "-due", "id", "-id"]), st.integers(1, 12))
def test_going_forward_shows_every_row_once_and_back_shows_the_same_pages(order: str, limit: int) -> None:
    sort, cursor, pages = Sort.read(order), None, []
    while True:
        pages.append(page_of(fetch, {}, sort, cursor, limit, key_of))
        if pages[-1].next is None:
            break
        cursor = pages[-1].next

    back = [page_of(fetch, {}, sort, later.previous, limit, key_of).rows for later in pages[1:]]

    assert [row for page in pages for row in page.rows] == fetch({}, sort, None, 99)
    assert back == [page.rows for page in pages[:-1]]
    assert pages[0].previous is None


def test_a_list_without_rows_has_no_neighbours() -> None:
    page = page_of(lambda *asked: [], {}, Sort("due"), None, 5, key_of)

    assert (page.rows, page.previous, page.next) == ([], None, None)


def test_a_cursor_of_another_order_is_refused() -> None:
    with pytest.raises(BadCursor):
        page_of(fetch, {}, Sort("due"), Cursor(Sort("id"), (3, 3)), 5, key_of)


KEYS = st.tuples(
    st.one_of(
        st.text(), st.integers(), st.dates(), st.decimals(allow_nan=False, allow_infinity=False),
        st.datetimes(timezones=st.just(UTC)),
    ),
    st.uuids(),
)  # fmt: skip


@given(KEYS, st.booleans())
def test_a_sealed_cursor_opens_to_itself(key: tuple[Any, UUID], backwards: bool) -> None:
    cursor = Cursor(Sort("due", descending=True), key, backwards)
    sealer = Sealer("secret")

    assert sealer.open(sealer.seal(cursor)) == cursor


@given(st.text(max_size=60))
def test_what_was_not_sealed_here_does_not_open(text: str) -> None:
    with pytest.raises(BadCursor):
        Sealer("secret").open(text)


def test_a_cursor_under_another_secret_does_not_open() -> None:
    sealed = Sealer("another").seal(Cursor(Sort("due"), (datetime(2018, 9, 17, tzinfo=UTC), 1)))

    with pytest.raises(BadCursor):
        Sealer("secret").open(sealed)


def test_nothing_may_order_a_list_by_null() -> None:
    with pytest.raises(TypeError, match="cannot order"):
        Sealer("secret").seal(Cursor(Sort("due"), (None, 1)))


@pytest.mark.parametrize(("rows", "said"), [(0, "0"), (1000, "1000"), (1001, "1000+"), (1_000_000, "1000+")])
def test_counts_are_exact_to_a_thousand(rows: int, said: str) -> None:
    total = how_many(lambda filters, limit: min(rows, limit), {})

    assert str(total) == said


@pytest.mark.parametrize("most", [0, 4, 8, 11, 50])
def test_an_export_reads_every_row_in_order_up_to_its_bound(most: int) -> None:
    rows = list(every_row(fetch, {}, Sort("due"), key_of, most=most, batch=4))

    assert rows == fetch({}, Sort("due"), None, most)


def test_decimals_keep_their_digits_in_a_cursor() -> None:
    sealer = Sealer("secret")

    assert sealer.open(sealer.seal(Cursor(Sort("cny"), (Decimal("0.10"), 1)))).key == (Decimal("0.10"), 1)
