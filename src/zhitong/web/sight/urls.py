"""Addresses of who can see what, and why."""

from django.urls import path

from zhitong.web.sight import views

app_name = "sight"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("problems/<str:number>/", views.problem, name="problem"),
    path("subjects/<uuid:subject_id>/", views.subject, name="subject"),
    path("people/<uuid:person_id>/", views.person, name="person"),
]
