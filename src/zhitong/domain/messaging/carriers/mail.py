"""E-mail over SMTP (RFC 5321), encrypted by STARTTLS or from the first byte, its certificate checked.

Kept from being doubled: the Message-ID is made of the message's id, so a mailbox that has it already can tell; SMTP itself
has no such rule, so after a break between the last byte and the answer a mail may come twice.
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr

from zhitong.domain.messaging.carriers.parcels import SECONDS, NotTaken, Parcel
from zhitong.domain.messaging.rules.wires import MailWire

IMPLICIT, UPGRADED = "tls", "starttls"
_LASTING = range(500, 600)


def carry(wire: MailWire, parcel: Parcel) -> str:
    """Hand a mail to the server. Raises NotTaken."""
    mail = written(wire, parcel)
    try:
        with _connected(wire) as server:
            if wire.user:
                server.login(wire.user, wire.password)
            server.send_message(mail, from_addr=parseaddr(wire.sender)[1], to_addrs=[parcel.to])
    except smtplib.SMTPAuthenticationError as error:
        raise NotTaken("邮件服务器不认登录名和密码，请核对设置。", rests=True) from error
    except smtplib.SMTPRecipientsRefused as error:
        [(code, _words)] = error.recipients.values()
        is_lasting = code in _LASTING
        raise NotTaken(f"邮件服务器说没有这个邮箱，或者不收（{code}）。", is_lasting=is_lasting, rests=not is_lasting) from error
    except smtplib.SMTPResponseException as error:
        is_lasting = error.smtp_code in _LASTING
        raise NotTaken(f"邮件服务器没有收下（{error.smtp_code}）。", is_lasting=is_lasting, rests=not is_lasting) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotTaken(f"连接不上邮件服务器（{type(error).__name__}），请检查地址、端口和加密方式。", rests=True) from error
    return str(mail["Message-ID"])


def written(wire: MailWire, parcel: Parcel) -> EmailMessage:
    """The mail: plain text, marked as sent by a machine so that no absence notice answers it (RFC 3834)."""
    mail = EmailMessage()
    domain = parseaddr(wire.sender)[1].partition("@")[2] or "localhost"
    mail["Message-ID"] = f"<{parcel.id}@{domain}>"
    mail["From"], mail["To"] = wire.sender, parcel.to
    mail["Subject"] = f"【直通】{parcel.text.title}"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(parcel.text.sentence + "\n\n这是系统自动发送的邮件，请勿回复。\n")
    return mail


def _connected(wire: MailWire) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if wire.security == IMPLICIT:
        return smtplib.SMTP_SSL(wire.host, wire.port, timeout=SECONDS, context=trusted)
    server = smtplib.SMTP(wire.host, wire.port, timeout=SECONDS)
    if wire.security == UPGRADED:
        try:
            server.starttls(context=trusted)
        except BaseException:
            server.close()
            raise
    return server
