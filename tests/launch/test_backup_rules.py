"""Which backups stay, what a manifest says, and how trouble is told: without a database."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhitong.kit.sealing.ring import checks_of, new_ring, read_ring
from zhitong.launch.backup import keeping, manifest, needed_keys, programs, take
from zhitong.launch.backup.bringing_back import bring_back
from zhitong.launch.backup.digests import TableDigest, differences

AT = datetime(2018, 9, 17, 2, 30, tzinfo=UTC)
TABLES = {"public.cards_card": TableDigest(2, "17"), "public.problems_problem": TableDigest(5, "-3")}


def backup(folder: Path, at: datetime = AT) -> Path:
    """A finished backup with something in it."""
    made = folder / manifest.name_of(at)
    made.mkdir(parents=True)
    (made / manifest.DUMP).write_bytes(b"PGDMP and more")
    files = {manifest.DUMP: manifest.kept(made / manifest.DUMP)}
    manifest.write(manifest.Manifest(at, "0.1.0", 18, 18, ["history.0001_facts"], files, TABLES), made)
    return made


def days(*numbers: int) -> list[datetime]:
    return [AT - timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("taken", "newest", "months", "dropped"),
    [
        (days(), 3, 12, days()), (days(0, 1, 2), 3, 12, days()), (days(0, 1, 2, 3), 3, 12, days(3)),
        (days(0, 1, 20, 30, 40), 2, 12, days(40, 30)),  # the 28th of August stays, the 18th and the 8th go
        (days(0, 31, 62, 92), 1, 2, days(92, 62)), (days(0, 0, 1), 1, 1, days(1)),
    ],
)
def test_the_newest_stay_and_the_last_of_each_month(
    taken: list[datetime], newest: int, months: int, dropped: list[datetime]
) -> None:
    assert keeping.to_drop(taken, newest, months) == dropped


def test_thinning_touches_finished_backups_alone(tmp_path: Path) -> None:
    kept, dropped = backup(tmp_path), backup(tmp_path, AT - timedelta(days=1))
    for name in ("zhitong-20180901T000000Z", "zhitong-notes", "photos"):
        (tmp_path / name).mkdir()

    assert take.thin(tmp_path, 1) == [dropped]
    assert {path.name for path in tmp_path.iterdir()} == {kept.name, "zhitong-20180901T000000Z", "zhitong-notes", "photos"}


def test_a_manifest_says_again_what_it_was_told(tmp_path: Path) -> None:
    told = manifest.read(backup(tmp_path))

    assert (told.taken_at, told.server, told.tables, told.rows) == (AT, 18, TABLES, 7)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda made: (made / manifest.NAME).unlink(), "不是备份，或者没有做完"),
        (lambda made: (made / manifest.NAME).write_text("{"), "已损坏，读不了"),
        (lambda made: (made / manifest.NAME).write_text("[]"), "已损坏，读不了"),
        (lambda made: (made / manifest.NAME).write_text(json.dumps({"format": 9})), "另一版本做的备份"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_told_in_words(tmp_path: Path, spoil, said: str) -> None:  # type: ignore[no-untyped-def]
    made = backup(tmp_path)
    spoil(made)

    with pytest.raises(manifest.BrokenBackup, match=said):
        manifest.read(made)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "缺少文件 database.dump"), (lambda path: path.write_bytes(b"PGDMP and mere"), "database.dump 已损坏"),
        (lambda path: os.truncate(path, 3), "database.dump 已损坏"),
    ],
)
def test_a_broken_file_is_found_before_anything_is_restored(tmp_path: Path, spoil, said: str) -> None:  # type: ignore[no-untyped-def]
    made = backup(tmp_path)
    told = manifest.read(made)
    manifest.refuse_broken_files(told, made)
    spoil(made / manifest.DUMP)

    with pytest.raises(manifest.BrokenBackup, match=said):
        manifest.refuse_broken_files(told, made)


def test_the_newest_is_meant_where_a_folder_of_them_is_named(tmp_path: Path) -> None:
    older, newer = backup(tmp_path, AT - timedelta(days=1)), backup(tmp_path)

    assert manifest.chosen(tmp_path) == newer
    assert manifest.chosen(older) == older
    with pytest.raises(manifest.BrokenBackup, match=r"没有 .* 这个文件夹"):
        manifest.chosen(tmp_path / "nowhere")


def test_what_is_not_as_it_was_is_told_table_by_table() -> None:
    found = {"public.cards_card": TableDigest(2, "18"), "public.extra": TableDigest(0, "0")}

    assert differences(TABLES, TABLES) == []
    assert differences(TABLES, found) == [
        "public.cards_card：行数相符，内容不一致", "public.extra：备份清单里没有这张表",
        "public.problems_problem：恢复出来的库里没有这张表",
    ]
    assert differences(TABLES, {**TABLES, "public.cards_card": TableDigest(1, "17")}) == ["public.cards_card：应有 2 行，实有 1 行"]


@pytest.mark.parametrize(
    ("said", "kind", "sentence"),
    [
        ("pg_dump: error: could not write to file: No space left on device", programs.NoRoom, "磁盘已满"),
        ("pg_dump: error: connection failed\nhint", programs.ProgramFailed, "pg_dump 没有完成：pg_dump: error: connection failed。"),
        ("", programs.ProgramFailed, "没有说明原因"),
    ],
)
def test_what_a_program_complains_of_is_told_in_words(said: str, kind: type[Exception], sentence: str) -> None:
    trouble = programs.trouble_of("pg_dump", said)

    assert isinstance(trouble, kind)
    assert sentence in str(trouble)


def test_a_server_newer_than_every_program_at_hand_is_told_what_to_install() -> None:
    with pytest.raises(programs.NoProgram, match="请安装 postgresql-client-99"):
        programs.fitting("pg_dump", 99)


def test_what_breaks_off_leaves_nothing_and_what_the_killed_left_goes(tmp_path: Path) -> None:
    (tmp_path / ".zhitong-20180901T000000Z.999999999").mkdir()

    def fail() -> None:
        with take._draft(tmp_path, "zhitong-x") as draft:
            assert [path.name for path in tmp_path.iterdir()] == [draft.name]
            raise ValueError("told")

    with pytest.raises(ValueError, match="told"):
        fail()

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(programs.NoRoom, match="磁盘已满"), take._draft(tmp_path, "zhitong-x"):
        Path("/dev/full").write_text("x")

    assert list(tmp_path.iterdir()) == []


def test_a_backup_whose_keys_are_elsewhere_is_refused_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made, ours, others = backup(tmp_path), new_ring(), new_ring()
    monkeypatch.setenv("ZHITONG_DATA_KEYS", ours)
    needed_keys.refuse_missing(made)  # taken before keys were noted down
    told = {**checks_of(read_ring(ours))}

    for needed, missing in ((told, ""), ({**told, "k7": ""}, "k7"), (checks_of(read_ring(others)), "k1、search")):
        (made / needed_keys.NAME).write_text(json.dumps(needed))
        if missing:
            with pytest.raises(needed_keys.KeyMissing, match=f"要用密钥 {missing} .*什么都没有改动"):
                bring_back(made, manifest.read(made), "never_made")
        else:
            needed_keys.refuse_missing(made)

    assert "ZHITONG_DATA_KEYS" in needed_keys.said(made)
    assert not any(secret in (made / needed_keys.NAME).read_text() for secret in (ours, others))
