"""Addresses of the settings of messages."""

from django.urls import path

from zhitong.web.messaging import delivery, mine

app_name = "messaging"
urlpatterns = [
    path("", mine.settings_page, name="mine"),
    path("habit/", mine.habit, name="habit"),
    path("address/<slug:channel>/", mine.address, name="address"),
    path("address/<slug:channel>/drop/", mine.drop, name="drop"),
    path("delivery/", delivery.delivery, name="delivery"),
    path("delivery/channels/", delivery.channels, name="channels"),
    path("delivery/<uuid:message_id>/again/", delivery.again, name="again"),
]
