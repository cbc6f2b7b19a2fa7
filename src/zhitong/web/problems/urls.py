"""Addresses of problems: the desk's list, the ledger, the desk for dispatch, one problem, an act on it."""

from django.urls import path

from zhitong.web.problems import views

app_name = "problems"
urlpatterns = [
    path("<str:number>/", views.page, name="page"),
    path("<str:number>/<slug:act>/", views.act, name="act"),
]
