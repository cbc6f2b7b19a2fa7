"""The wheel: what `make dist` builds serves the sign-in page with its style on a machine without a checkout."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.house.habits import ROOT
from tests.launch.conftest import Installation

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `make dist` builds it."""
    folder = tmp_path_factory.mktemp("dist")
    words = ["-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the wheel in it; what it depends on is read where it lies."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home, with_pip=False, symlinks=True)
    packages = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(packages)
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))  # .pth files in there are not followed: no checkout
    return home / "bin" / "python"


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def test_everything_that_is_not_python_is_in_it(wheel: Path) -> None:
    ours = {path for path in (ROOT / "src" / "zhitong").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())

    assert {str(path.relative_to(ROOT / "src")) for path in ours} - names == set()
    assert "zhitong/collected/staticfiles.json" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


def test_it_serves_the_sign_in_page_without_a_checkout(elsewhere: Path, tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    environment = {name: value for name, value in installation.environment.items() if name != "PYTHONPATH"}
    asked = subprocess.run([elsewhere, "-c", "import zhitong; print(zhitong.__file__)"], capture_output=True, text=True, cwd="/")
    assert str(ROOT) not in asked.stdout

    started = subprocess.Popen(
        [elsewhere, "-m", "zhitong.launch.main", "up"], cwd="/", stdout=subprocess.PIPE, text=True,
        env={**environment, "ZHITONG_PORT": "18471", "ZHITONG_WEB_WORKERS": "1", "HOME": str(tmp_path)},
    )
    installation.visitors.append(started)
    try:
        assert started.stdout is not None
        said = ""
        while "直通已就绪" not in said:
            line = started.stdout.readline()
            assert line, f"it ended early: {said}"
            said += line
        port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/", said)[0])
        status, page = get(port, "/sign-in/")
        style = re.findall(r'href="(/static/[^"]+\.css)"', page)[0]
        served = get(port, style)[0]
        alive, ready = get(port, "/healthz")[0], get(port, "/readyz")[0]
        started.send_signal(signal.SIGINT)
        ended = started.wait(timeout=30)
    finally:
        installation.clear()

    assert (status, served, alive, ready, ended) == (200, 200, 200, 200, 0)
    assert "登录" in page
    assert os.listdir(tmp_path / "state")
