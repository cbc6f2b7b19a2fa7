"""`zhitong tiers`: the whole campaign against its quotas at the terminal (R-D2)."""

from __future__ import annotations

import argparse
import json

import pytest

from tests.cast import viewer
from tests.tiering.conftest import YI, Known, earns
from zhitong.cli import tiers
from zhitong.domain.organisations.scope import acting_as

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """What the command says to who sees the whole province, and its exit code."""
    parser = argparse.ArgumentParser()
    tiers.add_arguments(parser)
    with acting_as(viewer("province_office")):
        code = tiers.run(parser.parse_args(words))
    return code, capsys.readouterr().out


def test_it_names_who_does_not_fit_and_exits_by_it(known: Known, capsys: pytest.CaptureFixture[str]) -> None:
    earns(known["large"], 70 * YI)

    code, said = told(capsys)

    assert code == 1
    assert "规上工业企业：共8户，列入分级6户，数额6563户" in said
    assert "  省级：2户，数额216户，相差-214" in said
    assert "    可以递补：演示企业6、" in said
    assert "需要核对：缺少数据1户，不够标准1户；级别会变1户" in said


def test_programs_read_it_whole(known: Known, capsys: pytest.CaptureFixture[str]) -> None:
    _code, said = told(capsys, "--json", "--campaign", "hebei-2018")

    industry = json.loads(said)["industry"]
    assert industry["lines"]["province"] | {"next": []} == {
        "quota": 216, "given": 1, "standing": 1, "difference": -215, "over": [], "next": []
    }
    assert industry["conflicts"] == {
        "hand_differs": 0, "list_differs": 0, "two_lists": 0, "no_figure": 1, "below": 1
    }


def test_an_unknown_campaign_is_told(known: Known, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--campaign", "moon") == (2, "")
