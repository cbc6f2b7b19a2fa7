"""A scanner of the operator's own, asked over ClamAV's protocol (clamd, INSTREAM): the bytes are sent, a word comes back."""

from __future__ import annotations

import socket
import struct

from zhitong.kit.trouble import Trouble

PIECE = 64 * 1024
PATIENCE_SECONDS = 60.0
_UNIX = "unix:"
_LONGEST_ANSWER = 4096


class ScannerSilent(Trouble):
    """The scanner cannot be reached, answers nothing, or does not take what it was sent; the file stays closed."""


def what_is_found(address: str, content: bytes) -> str:
    """The name of what the scanner found in the bytes; empty where they are clean.

    `address` is `unix:/path` or `host:port`. Raises ScannerSilent.
    """
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = _answer_of(line)
    except (OSError, ValueError) as error:
        raise ScannerSilent(f"查毒服务 {address} 没有应答（{error}）；请检查 clamd 是否在运行、地址是否正确。") from error
    return _word_in(answer, address)


def _connected(address: str) -> socket.socket:
    if address.startswith(_UNIX):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE_SECONDS)
        try:
            line.connect(address.removeprefix(_UNIX))
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), PATIENCE_SECONDS)


def _answer_of(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _word_in(answer: str, address: str) -> str:
    """`stream: OK`, `stream: Name FOUND`; whatever else comes is no verdict."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerSilent(f"查毒服务 {address} 没有给出结论：{said[:80] or '空'}。请检查 clamd 的 StreamMaxLength 不小于25M。")
