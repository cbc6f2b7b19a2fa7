"""The addresses of entry."""

from django.urls import path
from django.views.generic import RedirectView

from zhitong.web.entry import activation, coming, inviting, people

app_name = "entry"
urlpatterns = [
    path("sign-in/phone/", coming.by_phone, name="by_phone"),
    path("join/<str:link>/", coming.joining, name="join"),
    path("entry/", activation.table, name="activation"),
    path("entry/names/", activation.names, name="names"),
    path("entry/invite/", inviting.invite, name="invite"),
    path("entry/sheets/", inviting.sheets, name="sheets"),
    path("entry/invitations/", inviting.invitations, name="invitations"),
    path("entry/invitations/<uuid:invitation_id>/end/", inviting.end, name="end"),
    path("entry/roster/", RedirectView.as_view(url="/exchange/?kind=people"), name="roster"),
    path("entry/roster/blank.xlsx", RedirectView.as_view(url="/exchange/templates/people.xlsx")),
    path("entry/people/", people.people, name="people"),
    path("entry/people/<uuid:tenure_id>/stop/", people.stop, name="stop"),
]
