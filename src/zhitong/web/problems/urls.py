"""Addresses of problems: the desk's list, the ledger, the office's desk, its samples, one problem, an act on it."""

from django.urls import path

from zhitong.web.problems import dispatch, inbox, lists, looking, rules, samples, views

app_name = "problems"
urlpatterns = [
    path("", inbox.work, name="list"),
    path("ledger/", lists.ledger, name="ledger"),
    path("dispatch/", dispatch.desk, name="dispatch"),
    path("dispatch/together/", dispatch.together, name="together"),
    path("samples/", samples.listed, name="samples"),
    path("samples/<uuid:check_id>/", samples.judge, name="sample"),
    path("checks/", looking.checks, name="checks"),
    path("flags/", looking.flags, name="flags"),
    path("<str:number>/checks/<slug:kind>/", looking.check, name="check"),
    path("rules/", rules.every, name="rules"),
    path("rules/<slug:code>/", rules.one, name="rule"),
    path("<str:number>/", views.page, name="page"),
    path("<str:number>/<slug:act>/", views.act, name="act"),
]
