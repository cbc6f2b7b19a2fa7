"""Addresses of the overview: of the viewer's own region, and of any region inside it."""

from django.urls import path

from zhitong.web.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.page, name="overview"),
    path("<slug:code>/", views.page, name="region"),
]
