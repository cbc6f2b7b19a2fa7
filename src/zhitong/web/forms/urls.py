"""Addresses of the forms: the register, one form, drafts and their parts."""

from django.urls import path

from zhitong.web.forms import building, publishing, register

app_name = "forms"
urlpatterns = [
    path("", register.every, name="list"),
    path("new/", register.new, name="new"),
    path("<uuid:template_id>/", register.page, name="page"),
    path("<uuid:template_id>/revise/", register.revise, name="revise"),
    path("<uuid:template_id>/retire/", register.retire, name="retire"),
    path("drafts/<uuid:draft_id>/", building.draft, name="draft"),
    path("drafts/<uuid:draft_id>/part/<str:place>/", building.part, name="part"),
    path("drafts/<uuid:draft_id>/preview/", publishing.preview, name="preview"),
    path("drafts/<uuid:draft_id>/publish/", publishing.publish, name="publish"),
    path("drafts/<uuid:draft_id>/drop/", publishing.drop, name="drop"),
]
