"""Addresses of proposals."""

from django.urls import path

from zhitong.web.extras import acts, lists

app_name = "extras"
urlpatterns = [
    path("", lists.proposals, name="list"),
    path("ledger/", lists.ledger, name="ledger"),
    path("new/", acts.new, name="new"),
    path("publish/", acts.publish, name="publish"),
    path("<uuid:proposal_id>/", lists.proposal, name="page"),
    path("<uuid:proposal_id>/<str:what>/", acts.act, name="act"),
]
