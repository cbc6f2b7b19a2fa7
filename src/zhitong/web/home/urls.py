"""The address one comes to first."""

from django.urls import path

from zhitong.web.home import views

app_name = "home"
urlpatterns = [path("", views.desk, name="desk")]
