"""Habits of the code that a machine can watch: what no line may do, where, and why."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "zhitong"


@dataclass(frozen=True)
class Habit:
    """One thing lines must not say: in which files, but for which, with a line that must be caught."""

    why: str
    says: re.Pattern[str]
    where: tuple[str, ...]
    caught: str
    but: tuple[str, ...] = ()

    def files(self) -> Iterator[Path]:
        """The files this habit watches."""
        spared = {path for pattern in self.but for path in SOURCE.glob(pattern)}
        return (path for pattern in self.where for path in sorted(SOURCE.glob(pattern)) if path not in spared)


EVERYWHERE = ("**/*.py",)
DOMAIN = ("domain/**/*.py",)
PAGES = ("**/*.html",)
PLACES = "河北|沧州|渤海|黄骅|南大港|雄安|定州市|辛集"

HABITS = {
    "time has one door": Habit(
        "ask kit.clock.now(); a demonstration has a clock of its own",
        re.compile(r"auto_now|timezone\.now\(|datetime\.(utc)?now\(|datetime\.today\(|date\.today\(|\btime\.time\("),
        EVERYWHERE,
        "at = models.DateTimeField(auto_now_add=True)",
        ("kit/clock.py", "launch/**/*.py"),
    ),
    "the database does not tell the time": Habit(
        "hand `now` to the statement; now() of the server knows nothing of the demonstration's clock",
        re.compile(
            r"(?<![.\w])(now|transaction_timestamp|statement_timestamp|clock_timestamp)\(\)|"
            r"\bcurrent_(date|timestamp)\b|\blocaltimestamp\b|\bNow\(\)",
            re.IGNORECASE,
        ),
        DOMAIN,
        "SQL = 'UPDATE spell SET closed_at = now()'",
        (
            "domain/history/migrations/0001_facts.py",  # the SQL twin of kit.ids reads the machine's clock, as ids do
            "domain/problems/migrations/0018_stay.py",  # asks kit.clock: history begins when the database is migrated
        ),
    ),
    "regions differ by data": Habit(
        "a place belongs into the campaign package, never into code",
        re.compile(PLACES),
        ("domain/**/*.py", "web/**/*.py", "api/**/*.py", "work/**/*.py", "cli/**/*.py"),
        'if region.name == "沧州市": pass',
    ),
    "nothing is printed by the house": Habit(
        "doors speak to people; rooms return or raise",
        re.compile(r"(?<![.\w])print\("),
        (*DOMAIN, "kit/**/*.py"),
        "print(problem)",
    ),
    "doors write no SQL": Habit(
        "a door asks queries and calls actions",
        re.compile(r"\.cursor\(|\.raw\(|\bRawSQL\b"),
        ("web/**/*.py", "api/**/*.py", "cli/**/*.py"),
        "with connection.cursor() as cursor: pass",
    ),
    "pages carry no script": Habit(
        "the content security policy refuses it: put it into a file under static",
        re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE),
        PAGES,
        '<button onclick="send()">',
    ),
    "pages carry no style": Habit(
        "the content security policy refuses it: put it into a style sheet",
        re.compile(r"<style|\sstyle\s*=\s*[\"']", re.IGNORECASE),
        PAGES,
        '<td style="color:red">',
    ),
    "pages fetch nothing from elsewhere": Habit(
        "an office network may have no way out: files come from our own static folder",
        re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
        PAGES,
        '<script src="https://cdn.example/x.js"></script>',
    ),
}


def breaches(habit: Habit, files: Iterable[Path]) -> list[str]:
    """`path: what it says` for every file that breaks the habit."""
    return [
        f"{path.relative_to(ROOT)}: {found[0].strip()} ({habit.why})"
        for path in files
        if (found := habit.says.search(_read(path)))
    ]


@cache
def _read(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return code_of(text) if path.suffix == ".py" else text


def code_of(source: str) -> str:
    """Python source without comments and docstrings: what is left is what runs."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            body[0] = ast.Pass()
    return ast.unparse(tree)


def tracked() -> list[Path]:
    """Every text file of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8000]]
