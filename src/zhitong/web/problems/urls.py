"""Addresses of problems: the desk's list, the ledger, one problem, an act on it."""

from django.urls import path

from zhitong.web.problems import lists, views

app_name = "problems"
urlpatterns = [
    path("", lists.work, name="list"),
    path("ledger/", lists.ledger, name="ledger"),
    path("<str:number>/", views.page, name="page"),
    path("<str:number>/<slug:act>/", views.act, name="act"),
]
