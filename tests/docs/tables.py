"""The tables of docs/ as the code has them; `make docs` (this file as a command) writes them between their marks.

A table stands between `<!-- name -->` and `<!-- /name -->`. What is declared where:
words are `kit.choices.Word` classes, facts are enumerations called …Fact, both in the rules of a room.
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType

import django

from tests.browser.moments.limits import MOMENTS
from tests.docs.measured import BENCH_TABLES
from zhitong.config.environment import SETTINGS
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of, reach_of
from zhitong.domain.problems.rules import way
from zhitong.domain.problems.rules.kinds import CLOSED_STATES, State
from zhitong.domain.supervision.rules import way as papers
from zhitong.domain.supervision.rules.kinds import SupervisionState
from zhitong.kit.choices import Word
from zhitong.launch.commands import COMMANDS, Command

DOCS = Path(__file__).parents[2] / "docs"
DOMAIN = Path(__file__).parents[2] / "src" / "zhitong" / "domain"
Rows = list[tuple[str, ...]]


def rules() -> Iterator[ModuleType]:
    """Every module of rules in the house, room by room."""
    for path in sorted([*DOMAIN.glob("*/rules.py"), *DOMAIN.glob("*/rules/**/*.py")]):
        parts = path.relative_to(DOMAIN).with_suffix("").parts
        yield import_module(".".join(["zhitong.domain", *(part for part in parts if part != "__init__")]))


def enums(kind: type[Enum]) -> list[type[Enum]]:
    """The enumerations of a kind declared in rules, by room and place."""
    return [
        found
        for module in rules()
        for found in vars(module).values()
        if inspect.isclass(found) and issubclass(found, kind) and found.__module__ == module.__name__
    ]


def fact_kinds() -> dict[str, Enum]:
    """Every declared kind of fact by its stored word."""
    return {kind.value: kind for found in enums(Enum) if found.__name__.endswith("Fact") for kind in found}


def settings_table() -> Rows:
    return [("setting", "default", "meaning"), *((s.name, s.default or "–", s.meaning) for s in SETTINGS)]


def commands_table() -> Rows:
    return [
        ("command", "database", "what it does"),
        *((f"zhitong {c.name}", _database(c), c.help) for c in COMMANDS),
    ]


def _database(command: Command) -> str:
    asked = f"with --{command.database_for}, as {command.role}" if command.database_for else "–"
    return f"as {command.role}" if command.needs_database else asked


def words_table() -> Rows:
    return [
        ("enumeration", "what it is", "words"),
        *((_place(found), _sentence(found), "、".join(_pair(word) for word in found)) for found in enums(Word)),
    ]


def states_table() -> Rows:
    return [
        ("state of", "stored word", "中文"),
        *(
            (_place(found), str(state.value), state.label)
            for found in enums(Word)
            if found.__name__.endswith("State")
            for state in found
        ),
    ]


def moves_table() -> Rows:
    return [
        ("act", "from", "to", "whose", "permission", "what it leads to"),
        *(
            (
                _pair(move.act),
                "、".join(state.label for state in State if state in move.since),
                move.outcome,
                move.whose.label,
                str(move.permission.value),
                move.words,
            )
            for move in way.TABLE
        ),
    ]


def papers_table() -> Rows:
    return [
        ("act", "from", "to", "whose", "what it leads to"),
        *(
            (
                _pair(move.act),
                "、".join(state.label for state in SupervisionState if state in move.since),
                move.to.label if move.to else "–",
                move.hand.label,
                move.words,
            )
            for move in papers.TABLE
        ),
    ]


def facts_table() -> Rows:
    rows = ((kind, fact.label, "yes" if getattr(fact, "told", False) else "no") for kind, fact in fact_kinds().items())
    return [("kind", "中文", "told"), *rows]


def permissions_table() -> Rows:
    return [("permission", "中文"), *((str(each.value), each.label) for each in Permission)]


def reach_table() -> Rows:
    return [
        ("unit", "中文", "sees"),
        *((str(unit.value), unit.label, f"{reach_of(unit).label} ({reach_of(unit)})") for unit in UnitKind),
    ]


def grants_table() -> Rows:
    return [
        ("unit", *(post.label for post in PostKind)),
        *((unit.label, *(_granted(unit, post) for post in PostKind)) for unit in UnitKind),
    ]


def open_sets_table() -> Rows:
    """Every set of open data: its key and whose rows it gives."""
    return [
        ("set", "中文", "key", "whose rows", "what it is"),
        *((f"`{one.name}`", one.label, ", ".join(one.key), one.sight.label, one.about) for one in SETS.values()),
    ]


def open_columns_table() -> Rows:
    """Every column of every set; a star says that it is told at the moment of reading."""
    return [
        ("column", "kind", "what it is"),
        *(
            (f"`{data.name}.{one.name}`{'*' if one.at_reading else ''}", one.shape.label, one.about)
            for data in SETS.values() for one in data.columns
        ),
    ]


def operations_table() -> Rows:
    """Every operation of the API by its address, in the order of its document."""
    from zhitong.api.v1 import api  # needs Django set up, which the docs' other tables do not

    paths = api.get_openapi_schema(path_prefix="/")["paths"]
    return [
        ("address", "what it is"),
        *(
            (f"`{method.upper()} {path}`", told["summary"])
            for path, methods in paths.items() for method, told in methods.items()
        ),
    ]


def failures_table() -> Rows:
    """Every kind of failure of the API: its code, status, and what it means."""
    from zhitong.api.kinds import kinds  # likewise

    return [
        ("code", "status", "what it is"),
        *((f"`{one.code}`", f"{one.status} {one.title}", " ".join(one.meanings)) for one in kinds()),
    ]


def moments_table() -> Rows:
    """What each of the ten moments takes, as its journey counts it."""
    return [
        ("no", "moment", "begins from", "who", "pages", "clicks", "fields"),
        *(
            (str(number), one.title, one.begins_from, one.people, str(one.count.pages), str(one.count.clicks), str(one.count.fields))
            for number, one in sorted(MOMENTS.items())
        ),
    ]


def hostile_values_table() -> Rows:
    """What the fuzz of forms puts into fields."""
    from tests.websec.hostile import SHAPES, VALUES

    rows = ((one.name, one.after, _sample(one.value)) for one in VALUES)
    return [("value", "what it is after", "as sent"), *rows, *((name, after, "–") for name, after in SHAPES.items())]


def hostile_requests_table() -> Rows:
    """Requests that are strange before any form is read, and what is answered."""
    from tests.websec.requests import LOOKS, REFUSED_EARLY

    rows = [*((name, status) for name, (_sent, status) in REFUSED_EARLY.items()), *((name, one[2]) for name, one in LOOKS.items())]
    return [("request", "answer"), *((name, str(status)) for name, status in rows)]


def hostile_files_table() -> Rows:
    """Files that are not taken, and the reason given."""
    from tests.files.test_examining import test_what_is_not_taken_is_named_with_the_way_on as refused

    told = next(mark.args[1] for mark in refused.pytestmark)
    return [("file", "bytes", "what is said"), *((name, f"{len(content):,}", said) for name, content, said in told)]


def _sample(value: str | bytes) -> str:
    """The beginning of a value on one line, with what cannot be seen written out."""
    text = ascii(value) if isinstance(value, bytes) or not value.isprintable() else repr(value)
    return f"`{text[:48]}{'…' if len(text) > 48 else ''}` ({len(value):,})".replace("``", "` `")


TABLES: dict[str, Callable[[], Rows]] = {
    "moments": moments_table,
    "operations": operations_table,
    "failures": failures_table,
    "opensets": open_sets_table,
    "opencolumns": open_columns_table,
    "settings": settings_table,
    "commands": commands_table,
    "words": words_table,
    "states": states_table,
    "moves": moves_table,
    "papers": papers_table,
    "facts": facts_table,
    "permissions": permissions_table,
    "reach": reach_table,
    "grants": grants_table,
    "hostilevalues": hostile_values_table,
    "hostilerequests": hostile_requests_table,
    "hostilefiles": hostile_files_table,
    **BENCH_TABLES,
}


def way_picture() -> str:
    """The way of a problem as a state diagram: an arrow for every act that leads on, acts that keep the state left out."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for move in way.TABLE:
        for since in State:
            if since in move.since and move.to is not None and move.to is not since:
                arrows.setdefault((since, move.to), []).append(move.act.label)
    names = [f"    {state.value}: {state.label}" for state in State]
    lines = [f"    {since.value} --> {to.value}: {'、'.join(acts)}" for (since, to), acts in arrows.items()]
    ends = [f"    {state.value} --> [*]" for state in State if state in CLOSED_STATES]
    return "\n".join(["```mermaid", "stateDiagram-v2", "    direction TB", "    [*] --> submitted: 提交", *names, *lines, *ends, "```"])


PICTURES: dict[str, Callable[[], str]] = {"way": way_picture}


def drawn(mark: str) -> str:
    """What stands between a mark and its end."""
    return PICTURES[mark]() if mark in PICTURES else markdown(TABLES[mark]())


def markdown(rows: Rows) -> str:
    """A table as Markdown, the first row its head."""
    head, *body = (f"| {' | '.join(cell.replace('|', '¦') for cell in row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


def pages() -> list[Path]:
    """Every page of the docs."""
    return sorted(DOCS.rglob("*.md"))


def with_tables(text: str) -> str:
    """A page with its tables as the code has them now."""
    return re.sub(
        r"<!-- ([a-z]+) -->\n.*?<!-- /\1 -->",
        lambda found: f"<!-- {found[1]} -->\n{drawn(found[1])}\n<!-- /{found[1]} -->",
        text,
        flags=re.DOTALL,
    )


def _place(found: type[Enum]) -> str:
    return f"{found.__module__.split('.')[2]}.{found.__name__}"


def _sentence(found: type[Enum]) -> str:
    return (inspect.getdoc(found) or "").split("\n\n")[0].replace("\n", " ")


def _pair(word: Word) -> str:
    return f"{word.label} `{word.value}`"


def _granted(unit: UnitKind, post: PostKind) -> str:
    granted = permissions_of(unit, post)
    return ", ".join(str(each.value) for each in Permission if each in granted) or "–"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
    django.setup()
    for page in pages():
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
