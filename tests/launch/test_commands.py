"""The command line: its table, its help, and how it complains."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.core.management import call_command

from tests.launch.conftest import Installation
from zhitong.kit.refusals import Refused
from zhitong.launch import commands, main
from zhitong.launch.parser import Parser


@pytest.fixture(scope="module")
def unprepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation in which nothing has been prepared; commands that complain of it leave it so."""
    made = Installation(tmp_path_factory.mktemp("unprepared"))
    yield made
    made.clear()


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhitong.launch.main", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, **environment})


def test_who_reads_no_further_meets_no_trace() -> None:
    command = [sys.executable, "-m", "zhitong.launch.main", "--help"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as told:
        assert told.stdout
        assert told.stderr
        told.stdout.close()

        assert told.stderr.read() == ""

    assert told.returncode == 0


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.name)
def test_every_command_of_the_table_can_be_called(command: commands.Command) -> None:
    module = command.load()
    module.add_arguments(Parser(prog=command.name))

    assert callable(module.run)
    assert command.role in ("owner", "web", "worker")


def test_without_a_word_all_commands_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([]) == 0

    shown = capsys.readouterr().out
    assert all(f"  {command.name} " in shown and command.help in shown for command in commands.COMMANDS)


def test_an_unknown_command_is_told_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["fly"]) == 1

    assert capsys.readouterr().err == "zhitong：没有“fly”这个命令；直接运行 zhitong 查看全部命令。\n"


def test_a_refusal_is_told_as_its_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(words: object) -> int:
        raise Refused("这件事现在不能办。")

    monkeypatch.setattr(main, "_run", refuse)

    assert main.main(["up"]) == 1
    assert capsys.readouterr().err == "zhitong：这件事现在不能办。\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--what"], "不认识的参数：--what。"),
        (["--number"], "--number 后面需要一个值。"),
        (["--number", "三"], "--number 应为整数，现在是 '三'。"),
    ],
)
def test_a_misused_command_complains_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = Parser(prog="zhitong try")
    parser.add_argument("--number", type=int)

    with pytest.raises(SystemExit, match="2"):
        parser.parse_args(words)

    assert capsys.readouterr().err == f"zhitong try：{said}运行 zhitong try --help 查看用法。\n"


def test_manage_is_djangos_own() -> None:
    done = run("manage", "version")

    assert (done.returncode, done.stdout.strip()) == (0, django.get_version()), done.stderr


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", check_changes=True, dry_run=True)

    assert capsys.readouterr().out == "No changes detected\n"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"ZHITONG_ROLE": "root"}, "ZHITONG_ROLE 应为 owner、web、worker 之一"),
        ({"ZHITONG_DATABASE_URL": "mysql:/what"}, "ZHITONG_DATABASE_URL 写法有误"),
        ({"ZHITONG_DATABASE_URL": "postgresql://me@127.0.0.1:1/zhitong"}, "连不上数据库服务器"),
        ({"ZHITONG_STATE_DIR": "/proc/nowhere"}, "状态文件夹 /proc/nowhere 建不了"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    done = run("manage", "check", **{"ZHITONG_STATE_DIR": str(tmp_path / "state"), **environment})

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_names_what_is_not_prepared_and_fails(unprepared: Installation) -> None:
    done = run("doctor", "--json", ZHITONG_STATE_DIR=str(unprepared.state))

    found = {check["name"]: check for check in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["数据表"]["verdict"] == "fail"
    assert found["数据表"]["next_step"] == "请运行 zhitong prepare。"
    assert found["登录角色"]["verdict"] == "ok"


def test_a_command_before_the_database_is_prepared_is_told_the_way(unprepared: Installation) -> None:
    done = run("token", "nobody", ZHITONG_STATE_DIR=str(unprepared.state))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "zhitong：数据库还没有准备好，缺少数据表；请先运行 zhitong prepare。"
    assert "Traceback" not in done.stderr


def test_doctor_goes_on_without_a_database(tmp_path: Path) -> None:
    done = run(
        "doctor", ZHITONG_STATE_DIR=str(tmp_path / "state"), ZHITONG_DATABASE_URL="postgresql://me@127.0.0.1:1/zhitong"
    )

    assert done.returncode == 1
    assert "[异常] 数据库：连不上数据库服务器" in done.stdout
    assert "[正常] Python" in done.stdout


def test_every_command_is_read_before_django_is_set_up(tmp_path: Path) -> None:
    words = "from zhitong.launch.commands import COMMANDS; [command.load() for command in COMMANDS]"

    done = subprocess.run(
        [sys.executable, "-c", words], check=False, capture_output=True, text=True,
        env={**os.environ, "ZHITONG_STATE_DIR": str(tmp_path / "state"), "DJANGO_SETTINGS_MODULE": "zhitong.config.settings"},
    )

    assert done.returncode == 0, done.stderr
