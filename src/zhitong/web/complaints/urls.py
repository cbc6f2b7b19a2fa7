"""Addresses of sealed complaints: one's own list, a new one, a problem to be sealed, one complaint, an act on it."""

from django.urls import path

from zhitong.web.complaints import bringing, sealing, views

app_name = "complaints"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", bringing.bring, name="new"),
    path("seal/<str:number>/", sealing.seal_problem, name="seal"),
    path("<str:number>/", views.page, name="page"),
    path("<str:number>/<slug:act>/", views.act, name="act"),
]
