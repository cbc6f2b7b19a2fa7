"""Addresses of editions, within those of the bulletins: the list, the register, one edition and what is done with it."""

from __future__ import annotations

from django.urls import URLPattern, path

from zhitong.web.bulletins.editions import acts, checks, editing, lists, page, register

urlpatterns: list[URLPattern] = [
    path("", lists.editions, name="editions"),
    path("new/", acts.new, name="edition_new"),
    path("register/", register.register, name="register"),
    path("register/reserve/", register.reserve, name="number_reserve"),
    path("register/<uuid:number_id>/void/", register.void, name="number_void"),
    path("<uuid:edition_id>/", page.edition, name="edition"),
    path("<uuid:edition_id>/file/", page.file, name="edition_file"),
    path("<uuid:edition_id>/edit/", editing.edit, name="edition_edit"),
    path("<uuid:edition_id>/word/", editing.word, name="edition_word"),
    path("<uuid:edition_id>/behind/", page.rows, name="edition_behind"),
    path("<uuid:edition_id>/confirm/", checks.confirm, name="edition_confirm"),
    path("<uuid:edition_id>/object/", checks.object_to, name="edition_object"),
    path("<uuid:edition_id>/checks/<uuid:check_id>/", checks.settle, name="edition_settle"),
    path("<uuid:edition_id>/<slug:act>/", acts.act, name="edition_act"),
]
