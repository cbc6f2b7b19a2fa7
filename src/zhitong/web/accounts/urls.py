"""The addresses of accounts."""

from django.urls import path

from zhitong.web.accounts import factors, linking, mine, opening, passkeys, services, showing, stepping, waits

app_name = "accounts"
urlpatterns = [
    path("sign-in/code/", stepping.prove_it, name="prove"),
    path("sign-in/bind/", stepping.bind_it, name="bind"),
    path("sign-in/on/", stepping.on, name="on"),
    path("sign-in/password/", stepping.change_first, name="change_first"),
    path("sign-in/service/<slug:key>/", services.go, name="service"),
    path("sign-in/service/<slug:key>/back/", services.back, name="service_back"),
    path("sign-in/passkey/", showing.by_passkey, name="by_passkey"),
    path("sign-in/code/passkey/", showing.prove_by_passkey, name="prove_passkey"),
    path("sign-in/bind/passkey/", showing.bind_by_passkey, name="bind_passkey"),
    path("account/", mine.mine, name="mine"),
    path("account/password/", mine.password, name="password"),
    path("account/factor/", factors.own, name="factor"),
    path("account/factor/codes/", factors.codes, name="codes"),
    path("account/factor/let-go/", factors.drop, name="let_go"),
    path("account/services/<slug:key>/link/", services.link, name="link"),
    path("account/identities/<uuid:identity_id>/unlink/", services.unlink, name="unlink"),
    path("account/passkeys/add/", passkeys.add, name="passkey_add"),
    path("account/passkeys/made/", passkeys.made, name="passkey_made"),
    path("account/passkeys/<uuid:passkey_id>/remove/", passkeys.remove, name="passkey_remove"),
    path("account/sittings/end-others/", mine.end_others, name="end_others"),
    path("account/sittings/<uuid:sitting_id>/end/", mine.end, name="end"),
    path("accounts/waits/", waits.waits, name="waits"),
    path("accounts/waits/<uuid:knock_id>/lift/", waits.lift_it, name="lift"),
    path("accounts/password/", opening.give, name="give"),
    path("accounts/factor/", opening.reset, name="reset"),
    path("accounts/identities/link/", linking.link_them, name="link_them"),
    path("accounts/identities/unlink/", linking.unlink_them, name="unlink_them"),
]
