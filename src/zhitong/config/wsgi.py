"""The entry point that the web server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from zhitong.kit.collector import spare_what_stays

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhitong.config.settings")

application = get_wsgi_application()
spare_what_stays()
