"""Which address belongs to which place; every place of the web and the API adds its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("zhitong.web.shell.urls")),
    path("", include("zhitong.web.home.urls")),
    path("problems/", include("zhitong.web.problems.urls")),
]
