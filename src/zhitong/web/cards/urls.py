"""Addresses of cards for offices: rounds and their names, one card and its review, and what stands beside them."""

from django.urls import path

from zhitong.web.cards import answering, correcting, excusing, lists, opening, paper, reviewing, standing, watching

app_name = "cards"
urlpatterns = [
    path("", lists.owed, name="list"),
    path("open/", opening.open_round, name="open"),
    path("excuses/", excusing.excuses, name="excuses"),
    path("excuses/<uuid:excuse_id>/", excusing.decide, name="excuse"),
    path("corrections/", correcting.corrections, name="corrections"),
    path("corrections/<uuid:correction_id>/", correcting.decide, name="correction"),
    path("reminders/", watching.reminders, name="reminders"),
    path("flags/", watching.flags, name="flags"),
    path("flags/<uuid:flag_id>/", watching.answer, name="answer"),
    path("rounds/<uuid:round_id>/remind/", watching.remind, name="remind"),
    path("rounds/<uuid:round_id>/of/<uuid:subject_id>/", standing.standing, name="standing"),
    path("rounds/<uuid:round_id>/of/<uuid:subject_id>/excuse/", excusing.ask, name="ask_excuse"),
    path("<uuid:card_id>/", reviewing.page, name="page"),
    path("<uuid:card_id>/paper/", paper.paper, name="paper"),
    path("<uuid:card_id>/accept/", reviewing.accept, name="accept"),
    path("<uuid:card_id>/return/", reviewing.give_back, name="return"),
    path("<uuid:card_id>/confirm/", answering.confirm, name="confirm"),
    path("<uuid:card_id>/dispute/", answering.dispute, name="dispute"),
    path("<uuid:card_id>/correction/", correcting.ask, name="ask_correction"),
]
