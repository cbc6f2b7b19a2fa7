"""Addresses of the wall: of the viewer's own region, of any region inside it, and of one scene."""

from django.urls import path

from zhitong.web.wall import views

app_name = "wall"
urlpatterns = [
    path("", views.page, name="wall"),
    path("<slug:code>/", views.page, name="region"),
    path("<slug:code>/<slug:scene>/", views.page, name="scene"),
]
