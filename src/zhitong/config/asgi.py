"""The entry point that the server of streams calls: pages go through `wsgi`."""

from __future__ import annotations

import os
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")
django.setup()

from zhitong.config import database  # noqa: E402 - Django is set up first
from zhitong.live.application import Live  # noqa: E402

application = Live(log_in=partial(database.this_thread_as, "worker"))
