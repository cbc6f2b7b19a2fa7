"""Uploads wait until the operator's scanner has judged them (GB/T 22239-2019 8.1.4.5, ASVS 5.0 5.4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.cast import acting, viewer
from tests.files.clamd import EICAR, Clamd, clamd
from tests.files.samples import pdf, photo, upload
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.files.actions import store
from zhitong.domain.files.judging import judge_next
from zhitong.domain.files.queries import FileInfected, FileView, FileWaits, open_file, small_picture
from zhitong.domain.files.scanner import PIECE, ScannerSilent, what_is_found
from zhitong.domain.history.follow import follow
from zhitong.domain.notices.queries import unread_for
from zhitong.kit.clock import held_at
from zhitong.work.reactions import FOLLOWER, react


@pytest.fixture
def scanner(tmp_path: Path, settings: Settings) -> Iterator[Clamd]:
    """A scanner in the settings."""
    with clamd(tmp_path) as (server, address):
        settings.SCANNER = address
        yield server


def sent(name: str, content: bytes) -> FileView:
    with acting("firm") as actor:
        return store([upload(name, content)], actor=actor, now=NOW)[0]


def judged(database: str, address: str) -> int:
    with config.as_role("worker", name=database):
        count = 0
        while judge_next(address, now=NOW):
            count += 1
        return count


def bytes_of(file: FileView) -> bytes:
    with acting("firm"):
        return b"".join(open_file(file.id)[1])


def test_bytes_go_over_whole_and_the_answer_is_read(scanner: Clamd, settings: Settings) -> None:
    long = bytes(range(256)) * (PIECE // 100)

    assert what_is_found(settings.SCANNER, long) == ""
    assert what_is_found(settings.SCANNER, long + EICAR) == "Eicar-Test-Signature"
    assert scanner.scanned == [long, long + EICAR]


@pytest.mark.parametrize("trouble", ["nobody listens", "no answer", "too long", "no address"])
def test_a_scanner_that_gives_no_verdict_is_named_and_nothing_passes_for_clean(
    trouble: str, scanner: Clamd, settings: Settings, tmp_path: Path
) -> None:
    address = {"nobody listens": f"unix:{tmp_path}/nobody.ctl", "no address": "clamd"}.get(trouble, settings.SCANNER)
    scanner.is_dumb, scanner.most = trouble == "no answer", 1 if trouble == "too long" else 100

    with pytest.raises(ScannerSilent, match="查毒服务"):
        what_is_found(address, b"ab")


def test_a_file_is_closed_until_it_is_found_clean(fresh_database: str, scanner: Clamd, settings: Settings) -> None:
    file = sent("现场.jpg", photo())

    with pytest.raises(FileWaits, match="正在查毒"):
        bytes_of(file)
    with acting("firm"), pytest.raises(FileWaits):
        small_picture(file.id)
    assert judged(fresh_database, settings.SCANNER) == 1
    assert bytes_of(file) == scanner.scanned[0]
    again = sent("又一张.jpg", photo())
    assert bytes_of(again) == scanner.scanned[0], "equal bytes keep their verdict"


def test_what_is_infected_is_opened_by_nobody_and_the_unit_is_told(
    fresh_database: str, scanner: Clamd, settings: Settings
) -> None:
    file = sent("说明.txt", EICAR)

    assert judged(fresh_database, settings.SCANNER) == 1
    with config.as_role("worker", name=fresh_database):
        while follow(FOLLOWER, react):
            pass

    with pytest.raises(FileInfected, match="已经隔离"):
        bytes_of(file)
    with held_at(NOW):
        answer = signed_in("firm").get(f"/files/{file.id}/")
    assert answer.status_code == 409
    assert "查出病毒，已经隔离" in answer.content.decode()
    assert EICAR.decode() not in answer.content.decode()
    with acting("firm"):
        assert [str(one.kind) for one in unread_for(viewer("firm"))[:1]] == ["virus_found"]


def test_while_the_scanner_is_silent_files_stay_closed(fresh_database: str, scanner: Clamd, settings: Settings) -> None:
    file = sent("材料.pdf", pdf())
    scanner.is_dumb = True

    with pytest.raises(ScannerSilent):
        judged(fresh_database, settings.SCANNER)

    with pytest.raises(FileWaits):
        bytes_of(file)


def test_what_was_there_before_the_scanner_is_judged_later_and_open_until_then(
    fresh_database: str, tmp_path: Path, settings: Settings
) -> None:
    file = sent("说明.txt", EICAR)

    assert bytes_of(file) == EICAR
    with clamd(tmp_path) as (_server, address):
        judged(fresh_database, address)
    with pytest.raises(FileInfected):
        bytes_of(file)
