"""Addresses of common problems: the ledger, what was found, a new one, one of them, an act on it, an answer to adopt."""

from django.urls import path

from zhitong.web.commons import adopting, establishing, ledger, views

app_name = "commons"
urlpatterns = [
    path("", ledger.ledger, name="list"),
    path("found/", establishing.found, name="found"),
    path("new/", establishing.new, name="new"),
    path("adopt/<str:number>/", adopting.adopt, name="adopt"),
    path("join/<str:number>/<str:common>/", views.join_one, name="join"),
    path("<str:number>/", views.page, name="page"),
    path("<str:number>/<slug:act>/", views.act, name="act"),
]
