"""The addresses of other systems."""

from django.urls import path

from zhitong.web.systems import keys, organisation, register, telling, views

app_name = "systems"
urlpatterns = [
    path("", views.listed, name="list"),
    path("organisation/", organisation.exchange, name="organisation"),
    path("organisation/file/", organisation.download, name="organisation_file"),
    path("new/", register.choose, name="choose"),
    path("new/<uuid:unit_id>/", register.fill, name="register"),
    path("<uuid:client_id>/", views.client, name="client"),
    path("<uuid:client_id>/end/", views.end, name="end"),
    path("<uuid:client_id>/keys/", keys.give, name="give_key"),
    path("<uuid:client_id>/keys/<uuid:key_id>/end/", keys.end, name="end_key"),
    path("<uuid:client_id>/subscribe/", telling.make, name="subscribe"),
    path("subscriptions/<uuid:subscription_id>/", telling.subscription, name="subscription"),
    path("subscriptions/<uuid:subscription_id>/secret/", telling.renew, name="renew"),
    path("subscriptions/<uuid:subscription_id>/resume/", telling.go_on, name="resume"),
    path("subscriptions/<uuid:subscription_id>/end/", telling.end, name="unsubscribe"),
    path("subscriptions/<uuid:subscription_id>/resend/", telling.all_again, name="resend_all"),
    path("subscriptions/<uuid:subscription_id>/<uuid:delivery_id>/resend/", telling.again, name="resend"),
]
