"""A stand-in for clamd that speaks its protocol, so that the real words go over a real socket."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner of the world finds, in two pieces so that none finds it here."""


class _Scan(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Clamd = self.server  # type: ignore[assignment]
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        server.scanned.append(content)
        said = b"stream: OK"
        if EICAR in content:
            said = b"stream: Eicar-Test-Signature FOUND"
        elif len(content) > server.most:
            said = b"INSTREAM size limit exceeded. ERROR"
        self.wfile.write(b"" if server.is_dumb else said + b"\0")


class Clamd(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Listens at a path; remembers what it was sent."""

    daemon_threads = True
    is_dumb = False
    most = 25 * 1024 * 1024

    def __init__(self, path: Path) -> None:
        self.scanned: list[bytes] = []
        super().__init__(str(path), _Scan)


@contextmanager
def clamd(folder: Path) -> Iterator[tuple[Clamd, str]]:
    """A running stand-in and the address of the setting."""
    path = folder / "clamd.ctl"
    with Clamd(path) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server, f"unix:{path}"
        finally:
            server.shutdown()
