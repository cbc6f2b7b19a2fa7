"""Addresses of the papers: the desk and the files."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from zhitong.web.bulletins import desk, making, owing

app_name = "bulletins"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("make", making.make, name="make"),
    path("owing/", owing.owing, name="owing"),
    path("editions/", include("zhitong.web.bulletins.editions.urls")),
    path("templates/", include("zhitong.web.bulletins.templates.urls")),
    path("matters/", include("zhitong.web.bulletins.letters.urls")),
]
