"""Judging what was uploaded: the scanner is asked by the worker, nobody waits for it on a page."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhitong.domain.files.models import Content, File
from zhitong.domain.files.rules.facts import FileFact
from zhitong.domain.files.rules.kinds import Verdict
from zhitong.domain.files.scanner import what_is_found
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact

_CLOCK = Actor(None, None, None, "work")
_ORDER = (Verdict.WAITING, Verdict.UNJUDGED)
"""What nobody may open yet comes first; then what was stored before there was a scanner."""


@transaction.atomic
def judge_next(address: str, *, now: datetime) -> int:
    """Ask the scanner about one content that waits; returns how many were judged, 0 when none waits.

    For the worker; two beside each other take different ones. Infected bytes leave a fact for every file that has them.
    Raises ScannerSilent: nothing is judged, and what waits stays closed. Source: GB/T 22239-2019 8.1.4.5.
    """
    row = next(filter(None, map(_one_that_is, _ORDER)), None)
    if row is None:
        return 0
    found = what_is_found(address, bytes(row.body))
    verdict = Verdict.INFECTED if found else Verdict.CLEAN
    Content.objects.filter(digest=row.digest).update(verdict=verdict.value, found=found[:120])
    if found:
        files = File.objects.filter(content_id=row.digest).order_by("id").values_list("id", "uploader_unit_id")
        record_many([
            Fact(str(FileFact.INFECTED), "file", file_id, _CLOCK, now, {"digest": row.digest, "unit": unit_id})
            for file_id, unit_id in files
        ])
    return 1


def _one_that_is(verdict: Verdict) -> Content | None:
    waiting = Content.objects.filter(verdict=verdict.value).order_by("digest")
    return waiting.select_for_update(skip_locked=True).only("digest", "body").first()
