"""The words of one clause become units with their roles and parts, and limits of time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from zhitong.policy.responsibility import wording
from zhitong.policy.responsibility.names import is_unit
from zhitong.policy.responsibility.tokens import Token, stretches, tokens_of, trimmed
from zhitong.policy.responsibility.wording import JOINED, LEAD, RESPONSIBLE, SUPPORT

Span = tuple[int, int]


@dataclass
class Entry:
    """A unit as printed, with what the words make of it."""

    start: int
    end: int
    is_joined: bool
    closed_by: str | None
    after_comma: bool = False
    role: str | None = None
    part: Span | None = None
    is_settled: bool = False
    """Role or part are said in words of its own; an order of precedence does not touch it."""


@dataclass
class Duties:
    """What a clause says, in the order of print."""

    entries: list[Entry] = field(default_factory=list)
    due: list[Span] = field(default_factory=list)
    odd: int = 0
    """Words that are neither unit, verb nor limit of time."""


@lru_cache(maxsize=512)
def read_duties(words: str) -> Duties:
    """The duties said in the words of a clause (made alike): labels, names, verbs, parts, limits of time.

    Places count from the words' start. A paper repeats its clauses, and they are read for the whole and for each task.
    """
    duties = Duties()
    unit_kind: str | None = None
    for label, begin, stop in stretches(words, 0, len(words)):
        if label == wording.DUE:
            duties.due.append(trimmed(words, begin, stop))
        elif label not in (wording.PERSON, wording.OTHER):
            unit_kind = label or unit_kind
            _Reading(words, duties, unit_kind or RESPONSIBLE).read(list(tokens_of(words, begin, stop)))
    duties.due = [span for span in duties.due if span[0] < span[1]]
    return duties


@dataclass
class _Reading:
    """One stretch read from left to right: names wait until a verb says what they do."""

    words: str
    duties: Duties
    default: str
    waiting: list[Entry] = field(default_factory=list)
    group: list[Entry] = field(default_factory=list)
    common: Span | None = None
    """What stood before 由: the part of all who follow in this stretch."""
    parts: list[Span] = field(default_factory=list)
    has_verb: bool = False
    is_open: bool = False
    """The last verb's object may go on behind 、."""
    is_joined: bool = False
    """会同 was read: who follows supports."""
    is_each: bool = False

    def read(self, tokens: list[Token]) -> None:
        for token in tokens:
            {"name": self._name, "odd": self._odd, "verb": self._verb, "part": self._part, "due": self._due}[
                token.kind
            ](token)
        self._close()

    def _name(self, token: Token) -> None:
        if self.is_open and token.mark == "、" and not is_unit(self.words[token.start : token.end]):
            self._more_of_part(token)
            return
        self.is_open = False
        entry = Entry(
            token.start, token.end, token.mark == "、", token.closed_by, after_comma=token.mark == ",", part=self.common
        )
        if self.is_joined:
            entry.role, entry.is_settled = SUPPORT, True
        self.duties.entries.append(entry)
        self.waiting.append(entry)
        self._bracketed_role(entry)

    def _bracketed_role(self, entry: Entry) -> None:
        """A(牵头)、B、C(配合): the bracket speaks for its name, and 配合 for the names since the last bracket too."""
        about = wording.PART_IN_BRACKET.search(self.words, entry.start, entry.end)
        if about:
            entry.part, entry.end, entry.is_settled = about.span("part"), about.start(), True
        found = wording.ROLE_IN_BRACKET.search(self.words, entry.start, entry.end)
        if not found:
            return
        role = str(found.lastgroup)
        entry.end = found.start()
        for one in self.waiting if role == SUPPORT and self.has_verb else [entry]:
            one.role, one.is_settled = role, True
        self.has_verb = True
        if role in (LEAD, SUPPORT):
            self.waiting = [one for one in self.waiting if one.role is None]

    def _odd(self, token: Token) -> None:
        if self.is_open and token.mark == "、":
            self._more_of_part(token)
        else:
            self.duties.odd += 1

    def _verb(self, token: Token) -> None:
        if token.role == JOINED:
            self._set(LEAD, token)
            self.is_joined = True
            return
        role = token.role or self.default
        late = self._late(role)
        for entry in self.waiting:
            if entry.role is None:
                entry.role = role if entry in late else self.default
        self._set(role, token)

    def _late(self, role: str) -> list[Entry]:
        """Whom the verb speaks of: all who wait, or at the start of a stretch those behind the last comma only."""
        commas = [place for place, entry in enumerate(self.waiting) if entry.after_comma]
        return self.waiting if self.has_verb or role == RESPONSIBLE or not commas else self.waiting[commas[-1] :]

    def _set(self, role: str, token: Token) -> None:
        spoken_of = self.waiting if role == RESPONSIBLE and self.is_joined else self.waiting or self.group
        for entry in self.waiting:
            if entry.role is None or entry.role == role:
                entry.role = role
                is_own = role != RESPONSIBLE or entry.part is not None or bool(wording.BY_DUTY.search(token.manner))
                entry.is_settled = entry.is_settled or is_own
        self.group, self.waiting = list(spoken_of), []
        self.has_verb, self.is_joined = True, False
        self.is_each = self.is_each or wording.EACH in token.manner
        if token.governed:
            for entry in self.group:
                entry.part, entry.is_settled = token.governed, True
            self.parts = [token.governed]
            self.is_open = True
        else:
            self._share_out()

    def _more_of_part(self, token: Token) -> None:
        """A负责X、Y: what follows 、 and is no unit is still what A does."""
        self.parts.append((token.start, token.end))
        whole = (self.parts[0][0], token.end)
        for entry in self.group:
            entry.part = whole

    def _part(self, token: Token) -> None:
        """X、Y由A牵头: the part holds to the end of the stretch, or to the next 由."""
        begin = min((entry.start for entry in self.waiting), default=token.start)
        earlier = [(entry.start, entry.end) for entry in self.waiting]
        self.duties.entries = [entry for entry in self.duties.entries if entry not in self.waiting]
        self.waiting = []
        begin = min(wording.behind_of_which(self.words, begin), token.end)
        self.common = (begin, token.end) if begin < token.end else None
        self.parts = [*earlier, (max(begin, token.start), token.end)]
        self.is_each = wording.EACH in token.manner
        self.is_open = False

    def _due(self, token: Token) -> None:
        self.duties.due.append((token.start, token.end))

    def _share_out(self) -> None:
        """X、Y分别由A、B负责: to each its own, when there are as many of both."""
        if self.is_each and len(self.parts) == len(self.group) > 1:
            for entry, part in zip(self.group, self.parts, strict=True):
                entry.part = part

    def _close(self) -> None:
        """Names without a verb behind them: what the label says."""
        for entry in self.waiting:
            entry.is_settled = entry.is_settled or self.default != RESPONSIBLE
            entry.role = entry.role or self.default
        self._share_out()


def in_order_of_rank(entries: list[Entry], *, others: str | None) -> list[Entry]:
    """列第一位者为牵头: where nobody leads, the first of those whose role no word of their own says."""
    if not entries or any(entry.role == LEAD or entry.is_settled for entry in entries):
        return entries
    first, *rest = entries
    return [replace(first, role=LEAD), *(replace(entry, role=others or entry.role) for entry in rest)]
