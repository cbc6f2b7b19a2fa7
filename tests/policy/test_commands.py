"""`zhitong policy compile` and `zhitong policy score` at a terminal (issue: must show)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from tests.policy.files import DOCUMENTS
from zhitong.cli import policy
from zhitong.cli.policy import NotAReading
from zhitong.policy.shapes import plan_from

PAPER = str(DOCUMENTS / "restarting.txt")


def called(*words: str) -> int:
    parser = argparse.ArgumentParser()
    policy.add_arguments(parser)
    return policy.run(parser.parse_args(words))


def test_a_plan_is_told_as_a_person_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("compile", PAPER) == 0

    told = capsys.readouterr().out
    assert told.startswith(
        "演示自治州2020年优化营商环境工作计划\n演示州政发〔2020〕5号　演示自治州人民政府　2020-02-22\n主送：各县市人民政府；"
    )
    assert "\n1　加大简政放权力度\n    单位：州行政审批服务局（牵头）、州司法局（责任）" in told
    assert "20亿元以上" in told


def test_a_reading_goes_out_as_json_and_is_scored_against_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    called("compile", PAPER, "--json")
    output = tmp_path / "reading.json"
    output.write_text(capsys.readouterr().out, encoding="utf-8")

    assert called("score", str(output), str(output), "--json") == 0

    assert {part["f1"] for part in json.loads(capsys.readouterr().out).values()} == {1.0}
    assert len(plan_from(json.loads(output.read_text(encoding="utf-8"))).tasks) == 6


def test_misses_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    called("compile", PAPER, "--json")
    reading = json.loads(capsys.readouterr().out)
    gold, output = tmp_path / "gold.json", tmp_path / "reading.json"
    gold.write_text(json.dumps(reading), encoding="utf-8")
    output.write_text(json.dumps({**reading, "tasks": reading["tasks"][1:]}), encoding="utf-8")

    called("score", str(output), str(gold))

    told = capsys.readouterr().out
    assert "tasks – 漏：1 加大简政放权力度" in told
    assert "0.9091" in told


@pytest.mark.parametrize("content", [None, "不是", "[]", "{}"])
def test_what_is_no_reading_is_refused(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "别的.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(NotAReading, match="请"):
        called("score", str(path), str(path))
