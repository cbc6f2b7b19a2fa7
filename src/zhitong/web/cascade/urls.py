"""Addresses of dividing: the overview, one target's division with its acts, what came down, the weights."""

from django.urls import path

from zhitong.web.cascade import acts, answering, division, incoming, overview, sheets, weights

app_name = "cascade"
urlpatterns = [
    path("", overview.page, name="overview"),
    path("at-once/", overview.divide, name="at_once"),
    path("targets/<uuid:target_id>/", division.page, name="division"),
    path("targets/<uuid:target_id>/draft/", acts.begin, name="draft"),
    path("targets/<uuid:target_id>/shares/", division.fill, name="shares"),
    path("targets/<uuid:target_id>/method/", acts.work_out, name="method"),
    path("targets/<uuid:target_id>/issue/", acts.issuing, name="issue"),
    path("targets/<uuid:target_id>/discard/", acts.give_up, name="discard"),
    path("targets/<uuid:target_id>/sheet/", sheets.one, name="sheet"),
    path("sheet/", sheets.every, name="sheets"),
    path("incoming/", incoming.page, name="incoming"),
    path("incoming/accept/", incoming.take, name="accept"),
    path("shares/<uuid:share_id>/ask/", answering.asking, name="ask"),
    path("shares/<uuid:share_id>/answer/", answering.replying, name="answer"),
    path("weights/", weights.page, name="weights"),
]
