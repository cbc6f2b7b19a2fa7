"""What `--production` asks of the ways in and out: who vouches for people, the address, the channels, and where the keys lie."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from zhitong.config import environment, locks, state, wires
from zhitong.domain.messaging.rules.wires import Wires
from zhitong.domain.pacing.rules import PACES
from zhitong.launch.doctor import Check, Verdict

MOST_TIMES = 10
"""So many times the usual pace is no limit any more (本系统设定)."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def checks() -> Iterator[Check]:
    """What can be seen without the database."""
    yield _origin()
    yield _services()
    yield _channels()
    yield _loose_paces()
    yield _keys()
    yield _sealing()


def _origin() -> Check:
    name = "系统网址"
    try:
        address = locks.origin()
    except environment.WrongSetting as wrong:
        return Check(name, Verdict.FAIL, str(wrong), "把 ZHITONG_ORIGIN 写成 https://域名。")
    if not address:
        return Check(
            name, Verdict.FAIL, "没有写明，统一身份认证按来访的域名返回，消息里没有链接。", "设 ZHITONG_ORIGIN=https://域名。"
        )
    host = urlsplit(address).hostname or ""
    if host not in environment.names("ZHITONG_ALLOWED_HOSTS") or host in _HERE:
        return Check(name, Verdict.FAIL, f"{address} 不是允许访问的域名。", "让 ZHITONG_ORIGIN 与 ZHITONG_ALLOWED_HOSTS 一致。")
    return Check(name, Verdict.OK, address)


def _services() -> Check:
    """What vouches for people must be asked over an encrypted line, and prove two things for those who need two."""
    name = "统一身份认证"
    try:
        services = locks.services()
    except environment.WrongSetting as wrong:
        return Check(name, Verdict.FAIL, str(wrong), "按 docs/operations.md 改正 ZHITONG_SIGN_IN_SERVICES。")
    if plain := [one.key for one in services if not one.issuer.startswith("https://")]:
        return Check(name, Verdict.FAIL, f"{'、'.join(plain)} 不是 https 网址，登录可被冒充。", "换成该服务的 https 网址。")
    if single := [one.key for one in services if not one.second_factor]:
        return Check(
            name, Verdict.OK, f"{'、'.join(single)} 没有写明两种鉴别的词，须用动态码的岗位从那里登录后还要填动态码。"
        )
    return Check(name, Verdict.OK, "没有接，用本系统的账号登录。" if not services else "、".join(one.key for one in services))


def _channels() -> Check:
    name = "外发渠道的设置"
    try:
        connected = wires.wires()
    except environment.WrongSetting as wrong:
        return Check(name, Verdict.FAIL, str(wrong), "改正或去掉这项设置，见 docs/operations.md。")
    plain = sorted(label for label, url in _addresses(connected) if _is_readable(url))
    if plain:
        return Check(
            name, Verdict.FAIL, f"{'、'.join(plain)} 不加密，密钥和手机号码在网上可被看到。", "换成 https:// 开头的地址。"
        )
    if connected.sms and not connected.sms.key:
        return Check(name, Verdict.FAIL, "短信网关没有密钥，谁都能冒名发短信。", "设 ZHITONG_SMS_KEY。")
    if unsigned := sorted(hook.name for hook in connected.hooks.values() if not hook.secret):
        return Check(
            name, Verdict.WARN, f"{'、'.join(unsigned)} 收到的消息没有签名，可被冒充。", "在 ZHITONG_MESSAGE_HOOKS 的文件里写上 secret。"
        )
    return Check(name, Verdict.OK, "地址都加密。")


def _addresses(connected: Wires) -> Iterator[tuple[str, str]]:
    """Every web address that something goes to, with the setting it comes from."""
    if connected.sms:
        yield "ZHITONG_SMS_GATEWAY", connected.sms.url
    if connected.wecom:
        yield "ZHITONG_WECOM_URL", connected.wecom.url
    if connected.dingtalk:
        yield "ZHITONG_DINGTALK_URL", connected.dingtalk.url
    for hook in connected.hooks.values():
        yield f"ZHITONG_MESSAGE_HOOKS 里的 {hook.name}", hook.url


def _is_readable(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme != "https" and parts.hostname not in _HERE


def _loose_paces() -> Check:
    name, paces = "限速的宽紧", locks.paces() or {}
    loose = [str(one) for one, pace in paces.items() if pace.a_minute > MOST_TIMES * PACES[one].a_minute]
    if loose:
        return Check(name, Verdict.FAIL, f"{'、'.join(loose)} 放宽到默认值的{MOST_TIMES}倍以上，等于没有限速。", "在 ZHITONG_PACE 里改小。")
    return Check(name, Verdict.OK, "没有放得过宽。")


def _keys() -> Check:
    """The keys of sealed columns: read by nobody else, and not beside the backups."""
    name = "加密密钥的存放"
    if environment.text("ZHITONG_DATA_KEYS"):
        return Check(name, Verdict.OK, "由 ZHITONG_DATA_KEYS 给出；请另外保存一份。")
    path = state.data_keys_file()
    try:
        mode = path.stat().st_mode
    except OSError:
        return Check(name, Verdict.FAIL, f"没有密钥文件 {path}。", "把原来的密钥文件放回；新装的先运行 zhitong prepare。")
    if mode & 0o077:
        return Check(name, Verdict.FAIL, f"{path} 别人也能读。", f"运行 chmod 600 {path}，并运行 zhitong keys new 和 keys rotate 换密钥。")
    from zhitong.launch.backup import take

    if take.home() in path.parents:
        return Check(name, Verdict.FAIL, f"{path} 和备份放在一起，拿到备份就读得出。", "把 ZHITONG_DATA_KEYS_FILE 放到别处。")
    return Check(name, Verdict.OK, f"{path}，只有本用户可读；请另外保存一份。")


def _sealing() -> Check:
    """Whether new values are sealed; what a release before could not open waits for `zhitong keys rotate`."""
    name = "开始加密"
    if environment.text("ZHITONG_SEALING") == "ready":
        return Check(
            name, Verdict.FAIL, "ZHITONG_SEALING=ready，新写入的手机号码等不加密。",
            "全部机器都换成新版本后去掉这项设置，重启，再运行 zhitong keys rotate。",
        )
    if state.sealing_held_file().exists():
        return Check(
            name, Verdict.FAIL, "升级以后还没有开始加密，新写入的手机号码等不加密。", "全部进程都换成新版本后，运行 zhitong keys rotate。"
        )
    return Check(name, Verdict.OK, "新写入的都加密。")
