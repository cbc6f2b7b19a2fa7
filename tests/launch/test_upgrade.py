"""An upgrade backs up, brings the tables up to the release, holds every figure against its rows, and says how to go back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.launch.conftest import Installation
from tests.launch.test_backup import run as zhitong
from zhitong.config import database as config
from zhitong.config import state
from zhitong.launch import prepare, upgrade
from zhitong.launch.backup import manifest, take
from zhitong.launch.commands import COMMANDS, Command
from zhitong.launch.parser import Parser


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What an upgrade does, in order, done by nobody."""
    done: list[str] = []

    @contextmanager
    def as_role(role: str) -> Iterator[None]:
        yield

    monkeypatch.setattr(config, "as_role", as_role)
    monkeypatch.setattr(prepare, "waiting_migrations", lambda: ["cards.0099_next"])
    monkeypatch.setattr(prepare, "has_tables", lambda: True)
    monkeypatch.setattr(prepare, "prepare", lambda: done.append("prepare"))
    monkeypatch.setattr(take, "take", lambda folder: done.append("backup") or folder / "zhitong-x")
    monkeypatch.setattr(upgrade, "verify", lambda commands: done.append("verify") or [])
    return done


def run(*words: str) -> int:
    parser = Parser(prog="zhitong upgrade")
    upgrade.add_arguments(parser)
    return upgrade.run(parser.parse_args(words))


def test_it_backs_up_before_it_changes_anything(steps: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--backup", str(tmp_path)) == 0

    assert steps == ["backup", "prepare", "verify"]
    said = capsys.readouterr().out
    assert "要更新 1 项数据表。" in said
    assert f"运行 zhitong restore {tmp_path}/zhitong-x --replace" in said


@pytest.mark.parametrize(("has_tables", "words"), [(False, ()), (True, ("--no-backup",))])
def test_there_is_no_backup_of_nothing_nor_against_the_word(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, has_tables: bool, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(prepare, "has_tables", lambda: has_tables)

    assert run(*words) == 0

    assert steps == ["prepare", "verify"]


def test_a_release_that_could_not_open_sealed_values_is_let_out_before_sealing_begins(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = tmp_path / "sealing_held"
    monkeypatch.setattr(state, "sealing_held_file", lambda: held)
    monkeypatch.setattr(prepare, "waiting_migrations", lambda: ["organisations.0011_sealed_phones"])
    monkeypatch.setattr(prepare, "prepare", lambda: steps.append("prepare, held" if held.exists() else "prepare"))

    assert run("--no-backup") == 0
    assert "请运行 zhitong keys rotate" in capsys.readouterr().out
    held.unlink()
    monkeypatch.setattr(prepare, "has_tables", lambda: False)
    assert run() == 0

    assert steps == ["prepare, held", "verify", "prepare", "verify"], "a new installation seals from its first value"
    assert not held.exists()


def test_what_does_not_verify_is_named_with_the_way_back(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(upgrade, "verify", lambda commands: ["tallies"])

    assert run("--backup", str(tmp_path)) == 1

    said = capsys.readouterr().out
    assert "tallies 核对不符" in said
    assert "如需退回" in said


def test_a_backup_that_fails_changes_nothing(steps: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(folder: Path) -> Path:
        raise manifest.BrokenBackup("磁盘已满")

    monkeypatch.setattr(take, "take", full)

    with pytest.raises(manifest.BrokenBackup):
        run("--backup", str(tmp_path))

    assert steps == []


def test_each_verification_is_asked_as_its_own_role(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    roles: list[str] = []

    @contextmanager
    def as_role(role: str) -> Iterator[None]:
        roles.append(role)
        yield

    def module(failing: bool) -> SimpleNamespace:
        def run(arguments: argparse.Namespace) -> int:
            asked.append((roles[-1], arguments.verb))
            return int(failing)

        return SimpleNamespace(add_arguments=lambda parser: parser.add_argument("verb"), run=run)

    monkeypatch.setattr(config, "as_role", as_role)
    monkeypatch.setattr(Command, "load", lambda command: module(command.name == "cards"))

    failed = upgrade.verify([Command("tallies", "", True, "worker", ""), Command("cards", "", True, "web", "")])

    assert asked == [("worker", "verify"), ("web", "verify")]
    assert failed == ["cards"]


def test_what_this_release_can_verify_is_verified() -> None:
    names = [command.name for command in upgrade.verifications()]

    assert names == [name for name in upgrade.VERIFIED_BY if name in {command.name for command in COMMANDS}]
    assert {"tallies", "cards", "plan", "problems"} <= set(names)


@pytest.mark.prove
def test_an_installation_is_upgraded_twice_and_the_second_time_only_verified(installation: Installation, tmp_path: Path) -> None:
    first = zhitong(installation.state, "upgrade", "--backup", str(tmp_path))
    second = zhitong(installation.state, "upgrade", "--backup", str(tmp_path))

    assert (first.returncode, second.returncode) == (0, 0), first.stdout + first.stderr + second.stdout + second.stderr
    assert "已备份" not in first.stdout, "there was nothing to back up"
    assert "数据表已与本版本一致，只作核对。" in second.stdout
    assert len(manifest.backups_in(tmp_path)) == 1
