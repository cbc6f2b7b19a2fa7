"""Whether messages leave: what is connected, whether a way out has stopped working, and what was given up."""

from __future__ import annotations

from collections.abc import Iterator

from zhitong.launch.doctor import Check, Verdict

TROUBLED = 3


def checks() -> Iterator[Check]:
    """What stands in the tables; called as zhitong_worker. The settings themselves are read when the process starts."""
    from zhitong.domain.messaging.queries.outgoing import count_by_state, standings
    from zhitong.domain.messaging.queries.wires import wires_in_force

    ways, wires = [one for one in standings() if one.is_connected], wires_in_force()
    if not ways:
        yield Check("外发消息", Verdict.OK, "没有接通外发渠道，消息只在系统内。")
        return
    if not wires.site:
        yield Check("外发消息的链接", Verdict.WARN, "没有设系统网址，外发消息里没有链接。", "设 ZHITONG_ORIGIN。")
    if wires.mail and wires.mail.security == "none" and wires.mail.host not in ("localhost", "127.0.0.1"):
        yield Check("邮件加密", Verdict.WARN, "邮件不加密地送往另一台机器。", "设 ZHITONG_SMTP_SECURITY=starttls 或 tls。")
    broken = [one for one in ways if one.failures >= TROUBLED]
    for one in broken:
        yield Check(
            "外发消息", Verdict.WARN, f"{one.label}连续失败 {one.failures} 次：{one.error}",
            f"改正后用 zhitong messages {one.name} 地址 试发。",
        )
    if failed := count_by_state().get("failed", 0):
        yield Check("没有送到的消息", Verdict.WARN, f"{failed} 条。", "在“消息送达”页查看原因，改正后再发。")
    if not broken:
        yield Check("外发消息", Verdict.OK, "、".join(one.label for one in ways))
