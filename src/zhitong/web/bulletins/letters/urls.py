"""Addresses of the papers about matters: those ticked in a list, and all there are about one."""

from django.urls import path

from zhitong.web.bulletins.letters import chosen, matter

urlpatterns = [
    path("chosen/<slug:kind>/", chosen.together, name="chosen"),
    path("", matter.asked_for, name="matter_asked"),
    path("<str:number>/", matter.papers, name="matter"),
]
