"""The docs say what the code does: every setting, command, word, state, fact and permission, and not one more."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.measured import keys, runs
from tests.docs.tables import DOCS, PICTURES, TABLES, fact_kinds, pages, with_tables
from tests.house.habits import ROOT, SOURCE

FACT_WRITERS = {"record", "Fact"}


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(DOCS)))
def test_the_tables_of_a_page_are_those_of_the_code(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert text == with_tables(text), "run `make docs` and read what changed"


def test_every_table_of_the_code_stands_in_one_page() -> None:
    marks = Counter(mark for page in pages() for mark in re.findall(r"<!-- ([a-z]+) -->", page.read_text("utf-8")))

    assert marks == dict.fromkeys([*TABLES, *PICTURES], 1)


def test_a_stale_table_is_noticed() -> None:
    page = (DOCS / "permissions.md").read_text(encoding="utf-8")
    stale = page.replace("| handle |", "| handel |", 1)

    assert stale != page
    assert with_tables(stale) == page


def terms() -> list[tuple[str, str, str]]:
    """The rows of the glossary that a person wrote."""
    written = (DOCS / "words.md").read_text(encoding="utf-8").split("## Words of the rules")[0]
    rows = [line.strip("| \n").split(" | ") for line in written.splitlines() if line.startswith("| ")]
    return [(chinese, english, meaning) for chinese, english, meaning in rows if english != "word"]


def test_every_term_has_chinese_english_and_a_meaning() -> None:
    rows = terms()

    assert len(rows) > 100
    assert [row for row in rows if not re.fullmatch(r"[\u4e00-\u9fff/]+", row[0])] == []
    assert [row for row in rows if not re.fullmatch(r"[a-z][a-z_ -]+", row[1]) or not row[2].strip()] == []


def test_no_english_word_has_two_chinese_heads_and_no_chinese_term_two_words() -> None:
    rows = terms()

    assert [word for word, times in Counter(english for _, english, _ in rows).items() if times > 1] == []
    assert [term for term, times in Counter(chinese for chinese, _, _ in rows).items() if times > 1] == []


def recorded(source: str) -> Iterator[str]:
    """The kinds written out where a fact is made: `record("thing.happened", …)`, `Fact("thing.happened", …)`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in FACT_WRITERS:
            given = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "kind")]
            yield from (one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_fact_recorded_is_of_a_declared_kind() -> None:
    written = {kind for path in SOURCE.rglob("*.py") for kind in recorded(path.read_text(encoding="utf-8"))}

    assert written - set(fact_kinds()) == set()


def test_a_kind_written_out_is_noticed() -> None:
    assert list(recorded('history.record("tea.drunk", at=now)\nFact(kind="tea.spilt")')) == ["tea.drunk", "tea.spilt"]


def test_fact_kinds_say_what_happened_to_which_kind_of_thing() -> None:
    assert [kind for kind in fact_kinds() if not re.fullmatch(r"[a-z_]+\.[a-z_]+", kind)] == []


def test_decisions_are_numbered_without_gaps_and_say_context_decision_and_consequences() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))

    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], path.name


@pytest.mark.parametrize("page", [*pages(), *ROOT.glob("*.md")], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def figures_explained() -> list[str]:
    """What docs/performance.md says that the figures of a run are."""
    written = (DOCS / "performance.md").read_text(encoding="utf-8").split("## What each figure says")[1].split("\n## ")[0]
    return re.findall(r"^\| `([a-z0-9_.]+)` \| \S", written, re.MULTILINE)


def test_every_figure_of_the_last_runs_is_explained_and_nothing_else() -> None:
    explained = figures_explained()

    assert set().union(*(keys(run) for run in runs())) == set(explained)
    assert [figure for figure, times in Counter(explained).items() if times > 1] == []


def test_a_figure_nobody_explains_is_noticed() -> None:
    assert keys({"figures": [{"p50_ms": 1.0, "tea": 2}], "told": {"submit_10000": {"rows_by_table": {"a": 1}}}}) == {
        "figures.p50_ms", "figures.tea", "told.submit.rows_by_table",
    }
