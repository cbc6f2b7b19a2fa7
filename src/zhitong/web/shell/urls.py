"""The shell's own addresses."""

from django.urls import path

from zhitong.web.shell import installing, large, views

app_name = "shell"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("switch-post/", views.switch_post, name="switch_post"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("service-worker.js", installing.worker, name="worker"),
    path("away/", installing.away, name="away"),
    path("keys/", views.keys, name="keys"),
    path("large-type/", large.switch, name="large"),
]
