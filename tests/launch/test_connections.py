"""`zhitong doctor --production` on the ways in and out and on the keys: each weak point named with its next step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhitong.config import state
from zhitong.kit.sealing.ring import new_ring
from zhitong.launch import doctor
from zhitong.launch.checks import connections
from zhitong.launch.doctor import Check, Verdict

SERVICE = {"key": "sheng", "name": "省统一认证", "issuer": "https://id.example", "client_id": "zhitong", "client_secret": "x" * 20}
HOOK = {"name": "群", "unit": "1309-office", "kind": "webhook", "url": "https://hook.example", "secret": "s" * 20}


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Everything as it should be; yields the file of the keys."""
    keys, hooks = tmp_path / "state" / "data_keys", tmp_path / "hooks.json"
    keys.parent.mkdir(mode=0o700)
    keys.write_text(new_ring())
    keys.chmod(0o600)
    hooks.write_text(json.dumps([HOOK]))
    for name, value in {
        "ZHITONG_ORIGIN": "https://zhitong.example", "ZHITONG_ALLOWED_HOSTS": "zhitong.example",
        "ZHITONG_SIGN_IN_SERVICES": json.dumps([SERVICE]), "ZHITONG_MESSAGE_HOOKS": str(hooks),
        "ZHITONG_SMS_GATEWAY": "https://sms.example", "ZHITONG_SMS_KEY": "k", "ZHITONG_PACE": "read=1200",
        "ZHITONG_DATA_KEYS_FILE": str(keys), "ZHITONG_BACKUP_DIR": str(tmp_path / "backups"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(state, "sealing_held_file", lambda: tmp_path / "sealing_held")
    return keys


def wrong() -> dict[str, Check]:
    return {check.name: check for check in connections.checks() if check.verdict is not Verdict.OK}


def test_a_sound_set_up_has_nothing_to_mend(sound: Path) -> None:
    assert wrong() == {}


@pytest.mark.parametrize(
    ("name", "value", "point"),
    [
        ("ZHITONG_ORIGIN", "", "系统网址"),
        ("ZHITONG_ORIGIN", "https://other.example", "系统网址"),
        ("ZHITONG_SIGN_IN_SERVICES", "[{]", "统一身份认证"),
        ("ZHITONG_SIGN_IN_SERVICES", json.dumps([{**SERVICE, "issuer": "http://localhost:9000"}]), "统一身份认证"),
        ("ZHITONG_SMS_GATEWAY", "http://sms.example", "外发渠道的设置"), ("ZHITONG_SMS_KEY", "", "外发渠道的设置"),
        ("ZHITONG_WECOM_KEY", "half", "外发渠道的设置"), ("ZHITONG_MESSAGE_HOOKS", "/nowhere.json", "外发渠道的设置"),
        ("ZHITONG_PACE", "read=9000", "限速的宽紧"), ("ZHITONG_DATA_KEYS_FILE", "/nowhere/data_keys", "加密密钥的存放"),
        ("ZHITONG_SEALING", "ready", "开始加密"),
    ],
)
def test_each_weak_point_is_named_with_what_to_do(
    sound: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, point: str
) -> None:
    monkeypatch.setenv(name, value)

    found = wrong()

    assert set(found) == {point}
    assert found[point].next_step


def test_keys_that_others_read_or_that_lie_among_the_backups_are_weak(
    sound: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sound.chmod(0o640)
    assert "chmod 600" in wrong()["加密密钥的存放"].next_step

    sound.chmod(0o600)
    monkeypatch.setenv("ZHITONG_BACKUP_DIR", str(sound.parent))
    assert "和备份放在一起" in wrong()["加密密钥的存放"].sentence


def test_a_hook_without_a_secret_and_sealing_that_waits_are_named(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "hooks.json").write_text(json.dumps([{**HOOK, "secret": ""}]))
    (tmp_path / "sealing_held").touch()

    found = wrong()

    assert set(found) == {"外发渠道的设置", "开始加密"}
    assert "zhitong keys rotate" in found["开始加密"].next_step


def test_doctor_asks_them_in_production() -> None:
    assert "zhitong.launch.checks.connections:checks" in doctor.PRODUCTION
