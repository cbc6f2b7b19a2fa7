"""Addresses of pieces."""

from django.urls import path

from zhitong.web.practices import acts, counts, lists, page, writing

app_name = "practices"
urlpatterns = [
    path("", lists.pieces, name="list"),
    path("new/", writing.new, name="new"),
    path("library/", lists.library, name="library"),
    path("counts/", counts.counts, name="counts"),
    path("<uuid:piece_id>/", page.piece, name="page"),
    path("<uuid:piece_id>/<str:what>/", acts.act, name="act"),
]
