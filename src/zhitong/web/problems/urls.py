"""Addresses of problems: the desk's list, the ledger, the office's desk, one problem, an act on it."""

from django.urls import path

from zhitong.web.problems import dispatch, lists, rules, views

app_name = "problems"
urlpatterns = [
    path("", lists.work, name="list"),
    path("ledger/", lists.ledger, name="ledger"),
    path("dispatch/", dispatch.desk, name="dispatch"),
    path("dispatch/together/", dispatch.together, name="together"),
    path("rules/", rules.every, name="rules"),
    path("rules/<slug:code>/", rules.one, name="rule"),
    path("<str:number>/", views.page, name="page"),
    path("<str:number>/<slug:act>/", views.act, name="act"),
]
