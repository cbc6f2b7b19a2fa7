"""Addresses of cards for offices: the list of a round, one card, on paper, accepting it, giving it back."""

from django.urls import path

from zhitong.web.cards import lists, paper, reviewing

app_name = "cards"
urlpatterns = [
    path("", lists.owed, name="list"),
    path("<uuid:card_id>/", reviewing.page, name="page"),
    path("<uuid:card_id>/paper/", paper.paper, name="paper"),
    path("<uuid:card_id>/accept/", reviewing.accept, name="accept"),
    path("<uuid:card_id>/return/", reviewing.give_back, name="return"),
]
