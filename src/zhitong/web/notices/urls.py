"""Addresses of 消息."""

from django.urls import path

from zhitong.web.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<uuid:notice_id>/to/", views.lead, name="lead"),
    path("<uuid:notice_id>/open/", views.open_one, name="open"),
]
