"""What makes a form happen once: its key, and what tells two sendings apart."""

from __future__ import annotations

import json
from uuid import uuid4

from django.http import HttpRequest

KEY_MOST = 64


def key_of(request: HttpRequest) -> str:
    """The form's key; a sending without one is taken for a new form."""
    return request.POST.get("once_key", "")[:KEY_MOST] or str(uuid4())


def content_of(request: HttpRequest) -> bytes:
    """What tells two sendings apart: the address and what was typed."""
    typed = {name: values for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "once_key")}
    return json.dumps([request.path, typed], sort_keys=True, ensure_ascii=False).encode()
