"""`make client`: a Python client of the API, generated from its document into dist/client; nothing of it is kept here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

PACKAGE = "zhitong_client"
_CONFIG = {"package_name_override": PACKAGE, "project_name_override": "zhitong-client", "post_hooks": []}


def document() -> dict[str, Any]:
    """The document of the API as a generator reads it: Django is set up first where it is not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
    import django

    django.setup()
    from zhitong.api.v1 import api

    written: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    return written


def generate(folder: Path) -> Path:
    """Write the client into a folder of its own and return it; raises CalledProcessError with what the generator said."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    described, configured = folder / "openapi.json", folder / "config.json"
    described.write_text(json.dumps(document(), ensure_ascii=False), encoding="utf-8")
    configured.write_text(json.dumps(_CONFIG), encoding="utf-8")
    subprocess.run(
        [
            sys.executable, "-m", "openapi_python_client", "generate", "--path", str(described), "--config", str(configured),
            "--output-path", str(folder / "client"), "--meta", "pdm",
        ],
        check=True, capture_output=True, text=True,
    )
    return folder / "client"


if __name__ == "__main__":
    print(generate(Path(sys.argv[1])))
