"""Every channel speaks its protocol: against stand-ins that check keys, tokens and signatures, and refuse as the real ones do."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest

from tests.messaging.standins import Call, Office, StandIn, mail_server, serving
from zhitong.domain.messaging.carriers import dingtalk, webhook
from zhitong.domain.messaging.carriers.choosing import carry
from zhitong.domain.messaging.carriers.parcels import NotTaken, Parcel
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.outside import Text
from zhitong.domain.messaging.rules.wires import AppWire, GatewayWire, Hook, MailWire, Wires
from zhitong.kit.ids import uuid7

WORDS = Text("您有一件待签收事项", "【直通】您有一件待签收事项，请登录查看：https://zhitong.example/notices/", "https://zhitong.example/notices/")


def parcel(to: str) -> Parcel:
    return Parcel(uuid7(), to, WORDS)


def app(channel: Channel, here: StandIn, key: str = Office.secret) -> Wires:
    wire = AppWire(here.url, "key", key, "1000002")
    return Wires(wecom=wire) if channel is Channel.WECOM else Wires(dingtalk=wire)


APPS = pytest.mark.parametrize("channel", [Channel.WECOM, Channel.DINGTALK], ids=str)


@APPS
def test_one_token_serves_many_messages_and_is_renewed_when_refused(channel: Channel) -> None:
    office = Office()
    with serving(office) as here:
        carry(app(channel, here), channel, parcel("zhang"))
        carry(app(channel, here), channel, parcel("zhang"))
        assert office.tokens == ["token-1"]

        office.end_token()
        carry(app(channel, here), channel, parcel("zhang"))
        office.refusals = [42001]
        carry(app(channel, here), channel, parcel("zhang"))

    assert len(office.said) == 4
    assert [token for token in office.tokens if token.startswith("token")] == ["token-1", "token-3", "token-4"]


@APPS
def test_what_the_service_refuses_is_told_apart(channel: Channel) -> None:
    office = Office()
    too_many = 45009 if channel is Channel.WECOM else 90018
    with serving(office) as here:
        wires = app(channel, here)
        with pytest.raises(NotTaken, match="没有这个账号") as unknown:
            carry(wires, channel, parcel("nobody"))
        office.refusals = [too_many]
        with pytest.raises(NotTaken, match="发得太多") as crowded:
            carry(wires, channel, parcel("zhang"))
        with pytest.raises(NotTaken, match="不认本系统的密钥") as wrong:
            carry(app(channel, StandIn(office, url=here.url + "/other"), key="wrong"), channel, parcel("zhang"))

    assert (unknown.value.is_lasting, unknown.value.rests) == (True, False)
    assert (crowded.value.is_lasting, crowded.value.rests) == (False, True)
    assert wrong.value.rests


def test_wecom_is_asked_to_drop_what_comes_twice_and_dingtalks_own_refusal_of_it_counts_as_sent() -> None:
    office = Office()
    with serving(office) as here:
        carry(app(Channel.WECOM, here), Channel.WECOM, parcel("zhang"))
        office.refusals = [143105]
        carry(app(Channel.DINGTALK, here), Channel.DINGTALK, parcel("zhang"))

    assert office.said[0]["enable_duplicate_check"] == 1
    assert office.said[0]["text"] == {"content": WORDS.sentence}


def test_a_robot_of_dingtalk_signs_and_a_webhook_signs_what_it_sends() -> None:
    robot_secret, hook_secret = "SEC-stand-in", "whsec-stand-in"

    def judge(call: Call) -> tuple[int, object]:
        if call.path == "/robot/send":
            asked = dingtalk.signature(robot_secret, int(call.asked["timestamp"]))
            is_right = call.asked["sign"] == asked["sign"] and call.asked["access_token"] == "group"
            return 200, {"errcode": 0 if is_right else 310000}
        head = call.headers
        right = webhook.signature(hook_secret, head["webhook-id"], int(head["webhook-timestamp"]), call.body)
        return (200 if head["webhook-signature"] == f"v1,{right}" else 401), {}

    with serving(judge) as here:
        def hooks(secret_of_robot: str, secret_of_hook: str) -> Wires:
            robot = Hook("群", "1309-office", Channel.DINGTALK_ROBOT, f"{here.url}/robot/send?access_token=group", secret_of_robot)
            own = Hook("系统", "1309-office", Channel.WEBHOOK, f"{here.url}/in", secret_of_hook)
            return Wires(hooks={"群": robot, "系统": own})

        first = parcel("系统")
        carry(hooks(robot_secret, hook_secret), Channel.DINGTALK_ROBOT, parcel("群"))
        carry(hooks(robot_secret, hook_secret), Channel.WEBHOOK, first)
        for channel, to in ((Channel.DINGTALK_ROBOT, "群"), (Channel.WEBHOOK, "系统")):
            with pytest.raises(NotTaken, match="不认本系统的密钥"):
                carry(hooks("wrong", "wrong"), channel, parcel(to))

    assert here.calls[1].headers["webhook-id"] == str(first.id)
    assert here.calls[1].words["text"] == WORDS.sentence


def test_dingtalks_own_example_of_a_signature_comes_out_the_same() -> None:
    """The sum of the documents, done here by another library's hands."""
    import base64

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.hmac import HMAC

    asked = dingtalk.signature("this is secret", 1524628800000)
    other = HMAC(b"this is secret", hashes.SHA256())
    other.update(b"1524628800000\nthis is secret")

    assert asked == {"timestamp": "1524628800000", "sign": base64.b64encode(other.finalize()).decode()}


def test_the_sms_gateway_gets_its_key_and_the_same_id_at_every_try() -> None:
    answers = [(503, {}), (429, {}), (200, {})]
    with serving(lambda call: answers.pop(0)) as here:
        wires, message = Wires(sms=GatewayWire(here.url, "sms-key")), parcel("13812345678")
        for _try in range(2):
            with pytest.raises(NotTaken) as refused:
                carry(wires, Channel.SMS, message)
            assert refused.value.rests
        carry(wires, Channel.SMS, message)

    assert {call.words["id"] for call in here.calls} == {str(message.id)}
    assert {call.headers["authorization"] for call in here.calls} == {"Bearer sms-key"}


def test_a_redirect_is_not_followed_with_the_key_in_hand() -> None:
    with serving(lambda call: (302, {})) as here, pytest.raises(NotTaken, match="302"):
        carry(Wires(sms=GatewayWire(here.url, "sms-key")), Channel.SMS, parcel("13812345678"))


def test_mail_goes_encrypted_with_a_name_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server(tmp_path) as (box, port, certificate):
        wire = MailWire("127.0.0.1", port, "starttls", "zhitong", "mail-secret", "直通 <zhitong@example.cn>")
        with pytest.raises(NotTaken, match="加密方式") as untrusted:
            carry(Wires(mail=wire), Channel.EMAIL, parcel("zhang@example.cn"))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        message = parcel("zhang@example.cn")
        carry(Wires(mail=wire), Channel.EMAIL, message)
        box.refusals = ["550 no such mailbox", "451 try later"]
        with pytest.raises(NotTaken) as unknown:
            carry(Wires(mail=wire), Channel.EMAIL, message)
        with pytest.raises(NotTaken) as busy:
            carry(Wires(mail=wire), Channel.EMAIL, message)
        stranger = MailWire("127.0.0.1", port, "starttls", "zhitong", "wrong", "zhitong@example.cn")
        with pytest.raises(NotTaken, match="登录名和密码"):
            carry(Wires(mail=stranger), Channel.EMAIL, message)

    assert untrusted.value.rests
    assert (unknown.value.is_lasting, busy.value.is_lasting, busy.value.rests) == (True, False, True)
    assert box.was_encrypted == [True]
    mail = email.message_from_string(box.mails[0], policy=email.policy.default)
    assert mail["Message-ID"] == f"<{message.id}@example.cn>"
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("【直通】您有一件待签收事项", "auto-generated")
    body = mail.get_body()
    assert body is not None
    assert WORDS.sentence in body.get_content()


def test_nobody_there_and_nothing_connected_are_said_in_words() -> None:
    with pytest.raises(NotTaken, match="没有接通短信"):
        carry(Wires(), Channel.SMS, parcel("13812345678"))
    with serving(lambda call: (200, {})) as here:
        gone = here.url
    with pytest.raises(NotTaken, match="连接不上") as away:
        carry(Wires(sms=GatewayWire(gone, "")), Channel.SMS, parcel("13812345678"))
    assert away.value.rests


