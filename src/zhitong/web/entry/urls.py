"""The addresses of entry."""

from django.urls import path

from zhitong.web.entry import coming

app_name = "entry"
urlpatterns = [
    path("sign-in/phone/", coming.by_phone, name="by_phone"),
    path("join/<str:link>/", coming.joining, name="join"),
]
