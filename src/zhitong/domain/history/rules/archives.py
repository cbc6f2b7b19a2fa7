"""Months of facts taken out of the database into files: which may be, and what a file holds. Pure.

A file is JSON, a line each: first what it is, then every seal that names facts of the month, each followed by those facts
with the texts beside them. So it is verified by itself, and by the chain that stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from zhitong.domain.history.rules.facts import digest_of
from zhitong.domain.history.rules.faults import Fault, FaultKind
from zhitong.domain.history.rules.seals import DIGEST_BYTES, Algorithm, Batch, digest, form_of, leaf_of, root_of
from zhitong.kit.clock import SHANGHAI

FORM = 1
OF_HISTORY = "history."
ONLINE_MONTHS = 6
"""《网络安全法》第二十一条（三）: logs are kept for six months at least; so long they stay in the database."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A month that was taken out: its file by name and digest, and which facts of which seals it took."""

    month: date
    facts: int
    file: str
    file_digest: str
    members: str


def is_of_history(kind: str) -> bool:
    """Whether a fact is about history itself, and stays."""
    return kind.startswith(OF_HISTORY)


def last_before(today: date) -> date:
    """The first month, by its first day, that must stay: every fact of an earlier one is six months old."""
    return shifted(today.replace(day=1), -ONLINE_MONTHS)


def shifted(month: date, by: int) -> date:
    """The first day of the month so many months later."""
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


def span_of(month: date) -> tuple[datetime, datetime]:
    """A month of Shanghai: from its beginning to that of the next."""
    return datetime.combine(month, time(), SHANGHAI), datetime.combine(shifted(month, 1), time(), SHANGHAI)


def file_name(month: date) -> str:
    """What a month's file is called."""
    return f"history-{month:%Y%m}.jsonl.gz"


def members_digest(taken: Mapping[int, Sequence[int]]) -> str:
    """The digest of which facts were taken: their places by the number of their seal."""
    form = [[number, list(taken[number])] for number in sorted(taken)]
    return hashlib.sha256(json.dumps(form, separators=(",", ":")).encode()).hexdigest()


def head_line(month: date) -> dict[str, Any]:
    """The first line."""
    return {"v": FORM, "month": f"{month:%Y-%m}"}


def seal_line(batch: Batch) -> dict[str, Any]:
    """A seal whole."""
    return {
        "seal": form_of(batch.head), "digest": batch.head.digest.hex(), "fact_ids": [str(one) for one in batch.fact_ids],
        "leaves": b"".join(batch.leaves).hex(),
    }


def fact_line(place: int, canonical: bytes, xid: int, details: Sequence[tuple[str, bytes, str | None]]) -> dict[str, Any]:
    """A fact of the seal above, with its texts; an erased one is null."""
    texts = [[field, salt.hex(), text] for field, salt, text in details]
    return {"place": place, "fact": canonical.decode(), "xid": xid, "details": texts}


def faults_of(lines: Iterable[str]) -> tuple[int, list[Fault]]:
    """How many facts a file holds, and what in it does not hold: seals, facts, texts."""
    facts, faults, seal = 0, list[Fault](), dict[str, Any]()
    for text in lines:
        line = json.loads(text)
        if "seal" in line:
            seal = line
            faults += _of_seal(line)
        elif "fact" in line:
            facts += 1
            faults += _of_fact(line, seal)
    return facts, faults


def _of_seal(line: Mapping[str, Any]) -> list[Fault]:
    seal, leaves = line["seal"], _leaves(line)
    algorithm = Algorithm(seal["algorithm"])
    told = digest(algorithm, json.dumps(seal, sort_keys=True, separators=(",", ":")).encode())
    holds = told.hex() == line["digest"] and root_of(algorithm, leaves).hex() == seal["root"]
    return [] if holds else [Fault(kind=FaultKind.SEAL_ALTERED, seal=seal["number"])]


def _of_fact(line: Mapping[str, Any], seal: Mapping[str, Any]) -> list[Fault]:
    number, fact_id = seal["seal"]["number"], UUID(seal["fact_ids"][line["place"]])
    leaf = leaf_of(Algorithm(seal["seal"]["algorithm"]), line["fact"].encode())
    if leaf != _leaves(seal)[line["place"]]:
        return [Fault(kind=FaultKind.ALTERED, seal=number, fact_id=fact_id)]
    told = json.loads(line["fact"])["details"]
    return [
        Fault(kind=FaultKind.DETAIL_ALTERED, seal=number, fact_id=fact_id, field=field)
        for field, salt, text in line["details"] if text is not None and digest_of(text, bytes.fromhex(salt)) != told.get(field)
    ]


def _leaves(line: Mapping[str, Any]) -> list[bytes]:
    content = bytes.fromhex(line["leaves"])
    return [content[begin:begin + DIGEST_BYTES] for begin in range(0, len(content), DIGEST_BYTES)]
