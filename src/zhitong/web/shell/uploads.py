"""How files come in: what is larger than a file may be is counted, not kept, so that the form can say so by name."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from zhitong.domain.files.rules.kinds import MOST_BYTES, MOST_FILES


class UpToTheLimit(TemporaryFileUploadHandler):
    """Larger requests go to disk, but never more of them than may be taken: the rest is read and forgotten.

    The file still tells its true size and is refused by it; those beyond MOST_FILES are refused by their number.
    """

    files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count the files of the request."""
        super().new_file(*args, **kwargs)
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk while there is room for it."""
        if self.files <= MOST_FILES and start + len(raw_data) <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)
