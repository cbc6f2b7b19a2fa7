"""`zhitong campaign check`: nothing to say of what ships, and every planted fault told at its file and line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packages import Copy
from zhitong.domain.campaigns.package import parse, shipped
from zhitong.launch.main import main


@pytest.mark.parametrize("folder", shipped(), ids=lambda folder: folder.name)
def test_what_ships_has_no_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campaign", "check", str(folder)]) == 0

    assert "没有问题" in capsys.readouterr().out


def test_five_planted_faults_are_five_findings_at_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = Copy("hebei-2018", tmp_path)
    planted = {
        "routing.yaml": package.replace("routing.yaml", "lead: land\n", "lead: lannd\n"),
        "plan.yaml": package.replace("plan.yaml", "{name: 省工商局, role: lead}", "{name: 省工商总局, role: lead}"),
        "limits.yaml": package.replace("limits.yaml", "in_force: seven_fifteen", "in_force: seven_fifty"),
    }
    table = package.folder / "regions.tsv"
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").split("\n")]
    heads = next(row for row in rows if row[0] == "code")
    at = {row[0]: place for place, row in enumerate(rows)}
    rows[at["130973"]][heads.index("parent")] = "130973400"
    rows[at["130983"]][heads.index("shown_in")] = "1309"
    table.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")

    assert main(["campaign", "check", str(package.folder)]) == 1

    said = capsys.readouterr().out.splitlines()
    wanted = [f"{file} 第 {line} 行" for file, line in planted.items()]
    wanted += [f"regions.tsv 第 {at[code] + 1} 行" for code in ("130973", "130983")]
    assert len(said) == len(wanted)
    assert all(any(line.startswith(place) for line in said) for place in wanted), said


def test_a_local_package_without_its_parent_is_told_so(tmp_path: Path) -> None:
    alone = Copy("bohai-2018", tmp_path)

    _package, findings = parse(alone.folder)

    assert any("没有找到上级活动包“hebei-2018”" in finding.message for finding in findings)
