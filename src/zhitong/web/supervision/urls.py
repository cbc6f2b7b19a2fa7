"""Addresses of supervision: the ledger of papers, what should be pressed, effects, one paper; the ledger of instructions."""

from django.urls import path

from zhitong.web.supervision import instructions, lists, papers, pressing, registering

app_name = "supervision"
urlpatterns = [
    path("", lists.ledger, name="list"),
    path("effects/", lists.effects, name="effects"),
    path("press/", pressing.desk, name="press"),
    path("press/together/", pressing.together, name="together"),
    path("remind/<str:number>/", pressing.remind_one, name="remind"),
    path("new/", papers.new, name="new"),
    path("instructions/", instructions.ledger, name="instructions"),
    path("instructions/new/", registering.new, name="register"),
    path("instructions/<uuid:instruction_id>/", instructions.page, name="instruction"),
    path("instructions/<uuid:instruction_id>/assign/", instructions.give, name="assign"),
    path("items/<uuid:item_id>/report/", instructions.tell, name="report"),
    path("items/<uuid:item_id>/answer/", instructions.close, name="answer"),
    path("<uuid:supervision_id>/", papers.page, name="page"),
    path("<uuid:supervision_id>/<slug:act>/", papers.act, name="act"),
]
