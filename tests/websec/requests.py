"""Requests that are strange before any form is read, and what is answered; docs/hostile-inputs.md is written from these tables."""

from __future__ import annotations

from typing import Any

MOST_BYTES = 2_621_440
LARGE = "x" * (MOST_BYTES + 1)
REFUSED_EARLY: dict[str, tuple[dict[str, Any], int]] = {
    "a body too big": ({"path": "/sign-in/", "data": {"login": LARGE}}, 413),
    "a raw body too big": ({"path": "/sign-in/", "data": LARGE, "content_type": "application/x-www-form-urlencoded"}, 413),
    "too many fields": ({"path": "/sign-in/", "data": {f"f{n}": "" for n in range(1001)}}, 400),
    "another's host": ({"path": "/sign-in/", "headers": {"Host": "evil.example"}}, 400),
    "a host with a port of nonsense": ({"path": "/sign-in/", "headers": {"Host": "localhost:evil@x"}}, 400),
    "a broken multipart": ({"path": "/sign-in/", "data": b"--x", "content_type": "multipart/form-data; boundary="}, 400),
    "another encoding": ({"path": "/sign-in/", "data": b"a=b", "content_type": "application/x-www-form-urlencoded; charset=gbk"}, 400),
    "a NUL in a form": ({"path": "/sign-in/", "data": {"login": "a\x00b"}}, 400),
}
"""By name: what is posted, and the answer."""

LOOKS: dict[str, tuple[str, dict[str, str], int]] = {
    "a NUL in the address": ("/problems/%00/", {}, 400), "a NUL in a word": ("/search/?words=%00%00", {}, 200),
    "a NUL in what is asked": ("/bulletins/make?kind=order&about=a%00b", {}, 409),
    "no UTF-8": ("/search/?words=%ff%fe", {}, 200), "a long address": ("/" + "a" * 8000, {}, 404),
    "a long word": ("/search/?words=" + "a" * 8000, {}, 200), "one word twice": ("/search/?words=a&words=b", {}, 200),
    "many words": ("/search/?" + "&".join(f"w{n}=1" for n in range(1001)), {}, 400),
    "a way out": ("/files/..%2f..%2fetc/passwd", {}, 404), "a long header": ("/", {"X-Anything": "a" * 60_000}, 200),
    "a forged forwarding": ("/", {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}, 200),
    "a broken cookie": ("/problems/", {"Cookie": "sessionid=\x01;;;=;csrftoken"}, 302),
    "a cursor of nonsense": ("/problems/?at=%ff%fe&sort=%27", {}, 200),
    "another's language": ("/", {"Accept-Language": "../../etc"}, 200),
}
"""By name: the address, headers, and the answer."""
