"""Addresses of cards for offices: the list of a round, one card, accepting it, giving it back."""

from django.urls import path

from zhitong.web.cards import lists, reviewing

app_name = "cards"
urlpatterns = [
    path("", lists.owed, name="list"),
    path("<uuid:card_id>/", reviewing.page, name="page"),
    path("<uuid:card_id>/accept/", reviewing.accept, name="accept"),
    path("<uuid:card_id>/return/", reviewing.give_back, name="return"),
]
