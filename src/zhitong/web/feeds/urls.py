"""Addresses of feeds."""

from django.urls import path

from zhitong.web.feeds import views

app_name = "feeds"
urlpatterns = [
    path("", views.feed, name="mine"),
    path("close/", views.close, name="close"),
    path("mine.ics", views.own_file, name="file"),
    path("<slug:secret>.ics", views.by_secret, name="by_secret"),
]
