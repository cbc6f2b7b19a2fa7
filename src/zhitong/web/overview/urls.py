"""Addresses of the overview: of the viewer's own region, of any region inside it, and of the views saved of it."""

from django.urls import path

from zhitong.web.overview import saved, views

app_name = "overview"
urlpatterns = [
    path("", views.page, name="overview"),
    path("views/", saved.listed, name="views"),
    path("views/<uuid:view_id>/", saved.open_one, name="open"),
    path("views/<uuid:view_id>/change/", saved.change, name="change"),
    path("views/<uuid:view_id>/delete/", saved.delete, name="delete"),
    path("<slug:code>/", views.page, name="region"),
    path("<slug:code>/save/", saved.save, name="save"),
]
