"""The files of docs/production.md are whole: units that systemd can read, settings that exist, nginx with its braces closed."""

from __future__ import annotations

import configparser
import re

import pytest

from tests.house.habits import ROOT
from zhitong.config.environment import SETTINGS
from zhitong.launch.commands import COMMANDS

PAGE = (ROOT / "docs" / "production.md").read_text(encoding="utf-8")
UNITS = dict(re.findall(r"`/etc/systemd/system/([\w.-]+)`:\n\n```ini\n(.*?)```", PAGE, re.DOTALL))
NEEDED = {"service": {"Unit", "Service"}, "timer": {"Unit", "Timer", "Install"}}
# What each directive of nginx may stand in; `server` is a block in http and a line in upstream.
PLACES = {
    "upstream": {"http"}, "server": {"http", "upstream"}, "keepalive": {"upstream"}, "location": {"server"}, "listen": {"server"},
    "server_name": {"server"}, "return": {"server"}, "http2": {"server"}, "client_max_body_size": {"server"},
    "ssl_certificate": {"server"}, "ssl_certificate_key": {"server"}, "ssl_protocols": {"server"},
    "allow": {"location"}, "deny": {"location"}, "proxy_pass": {"location"}, "proxy_http_version": {"location"},
    "proxy_set_header": {"location"}, "proxy_read_timeout": {"location"}, "proxy_buffering": {"location"},
}


class Unit(configparser.RawConfigParser):
    """Keys keep their case; several ExecStart stand one after the other."""

    def __init__(self) -> None:
        super().__init__(strict=False, interpolation=None)

    def optionxform(self, option: str) -> str:
        return option


def blocks(kind: str) -> list[str]:
    """The texts of one language."""
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def misplaced(text: str) -> list[str]:
    """Directives of nginx that stand where they may not, and braces that are not closed."""
    inside, told = ["http"], []
    for directive, end in re.findall(r"\s*([^;{}]*)([;{}])", re.sub(r"#.*", "", text)):
        name = directive.split()[0] if directive.split() else ""
        if end == "}":
            told += [f"no ; after {directive.strip()}"] if name else []
            inside = inside[:-1] or [""]
            continue
        told += [] if inside[-1] in PLACES.get(name, ()) else [f"{name} in {inside[-1]}"]
        inside += [name] if end == "{" else []
    return told + ([] if inside == ["http"] else [f"open: {inside}"])


def test_the_units_are_the_three_that_the_page_starts() -> None:
    assert set(UNITS) == {"zhitong.service", "zhitong-backup.service", "zhitong-backup.timer"}
    assert set(re.findall(r"\b(zhitong[\w-]*\.(?:service|timer))\b", PAGE)) == set(UNITS)


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_can_be_read(name: str) -> None:
    unit = Unit()
    unit.read_string(UNITS[name])

    assert set(unit.sections()) >= NEEDED[name.rpartition(".")[2]]
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", key) for section in unit.sections() for key in unit[section])


def test_every_setting_of_the_page_exists() -> None:
    named = set(re.findall(r"\bZHITONG_[A-Z_]+", PAGE))

    assert named - {setting.name for setting in SETTINGS} == set()
    assert {"ZHITONG_HTTPS", "ZHITONG_DEMONSTRATION", "ZHITONG_BACKUP_DIR"} <= named


def test_every_command_of_the_page_exists() -> None:
    called = set(re.findall(r"/bin/zhitong ([a-z-]+)", PAGE))

    assert called - {command.name for command in COMMANDS} == set()
    assert {"up", "backup", "verify-backup", "upgrade", "doctor"} <= called


def test_nginx_is_told_what_it_knows_where_it_may_stand() -> None:
    [text] = blocks("nginx")

    assert misplaced(text) == []


@pytest.mark.parametrize(
    "broken", ["server {", "proxy_pass http://x;", "server { location / { } listen 80 }", "server { listne 80; }"]
)
def test_a_mistake_in_nginx_is_noticed(broken: str) -> None:
    assert misplaced(broken) != []
