"""What `zhitong doctor --production` asks beyond the rest: whether real people's matters may be entrusted to this set-up."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from zhitong.config import environment, state
from zhitong.launch.doctor import Check, Verdict

LONGEST_WITHOUT_BACKUP = timedelta(days=2)
FEWEST_SIGNS = 12
"""Of a key that somebody made up: `aaaa…` is long and no secret."""


def checks() -> Iterator[Check]:
    """What can be seen without the database."""
    yield _debug()
    yield _secret()
    yield _https()
    yield _hosts()
    yield _locks()
    yield _pace()
    yield _scanner()
    yield _logs()
    yield _backup(datetime.now(UTC))


def checks_with_database() -> Iterator[Check]:
    """What stands in the tables; called as zhitong_worker."""
    yield _demonstration()
    yield _passwords()


def _debug() -> Check:
    if environment.switch("ZHITONG_DEBUG"):
        return Check("调试页面", Verdict.FAIL, "已打开，出错时会把内部信息显示给访问者。", "去掉 ZHITONG_DEBUG。")
    return Check("调试页面", Verdict.OK, "没有打开。")


def _secret() -> Check:
    key = state.secret_key()
    if len(key) < len(secrets.token_urlsafe(30)) or len(set(key)) < FEWEST_SIGNS:
        return Check(
            "签名密钥", Verdict.FAIL, "太短或太简单，登录状态可以被伪造。",
            "不填 ZHITONG_SECRET_KEY，由系统生成；或换一个随机的长密钥。",
        )
    return Check("签名密钥", Verdict.OK, "够长，且是随机的。")


def _https() -> Check:
    if not environment.switch("ZHITONG_HTTPS"):
        return Check(
            "加密访问", Verdict.FAIL, "没有使用 HTTPS，口令和业务内容在网上可被看到。",
            "在前面加 HTTPS 反向代理并设 ZHITONG_HTTPS=1，见 docs/production.md。",
        )
    return Check("加密访问", Verdict.OK, "只走 HTTPS。")


def _hosts() -> Check:
    allowed, name_it = environment.names("ZHITONG_ALLOWED_HOSTS"), "在 ZHITONG_ALLOWED_HOSTS 里写明本系统的域名。"
    if "*" in allowed:
        return Check("访问域名", Verdict.FAIL, "任何域名都可以访问，页面里的地址可被人冒用。", name_it)
    if set(allowed) <= {"localhost", "127.0.0.1", "[::1]"}:
        return Check("访问域名", Verdict.FAIL, "只能从本机访问。", name_it)
    return Check("访问域名", Verdict.OK, "、".join(allowed))


def _locks() -> Check:
    """What the operator loosened below the level he chose."""
    from zhitong.config import locks
    from zhitong.domain.accounts.rules.protection import LEVELS

    level = environment.number("ZHITONG_PROTECTION_LEVEL")
    kept, preset = locks.protection(), LEVELS[level]
    loose = [
        words for words, is_loose in (
            ("密码长度", kept.password_length < preset.password_length), ("密码种类", kept.password_kinds < preset.password_kinds),
            ("登录失败次数", kept.tries > preset.tries), ("无人操作即退出", not 0 < kept.idle_minutes <= preset.idle_minutes),
            ("最长登录时间", kept.sitting_hours > preset.sitting_hours), ("动态码", not preset.second_factor <= kept.second_factor),
        ) if is_loose
    ]
    if loose:
        return Check(
            "登录保护", Verdict.FAIL, f"{'、'.join(loose)}比等级保护{level}级的默认值宽。", "去掉对应的设置，见 docs/operations.md。",
        )
    return Check("登录保护", Verdict.OK, f"不低于等级保护{level}级的默认值。")


def _pace() -> Check:
    from zhitong.config import locks

    if locks.paces() is None:
        return Check("访问限速", Verdict.FAIL, "没有限速，一个账号或地址就能拖慢所有人。", "去掉 ZHITONG_PACE=off；太紧的，逐项放宽。")
    return Check("访问限速", Verdict.OK, "按登录的人、来访地址和接口密钥限速。")


def _scanner() -> Check:
    from zhitong.domain.files.scanner import ScannerSilent, what_is_found

    address = environment.text("ZHITONG_SCANNER")
    if not address:
        return Check(
            "附件查毒", Verdict.WARN, "上传的附件不查毒，只按内容、宏和脚本把关。", "装 ClamAV，把 clamd 的地址写在 ZHITONG_SCANNER 里。"
        )
    try:
        what_is_found(address, b"zhitong doctor")
    except ScannerSilent as silent:
        return Check("附件查毒", Verdict.FAIL, str(silent), "排除后再次运行 zhitong doctor；此前上传的附件都打不开。")
    return Check("附件查毒", Verdict.OK, f"{address} 有应答。")


def _logs() -> Check:
    if environment.text("ZHITONG_LOG_FORMAT") != "json":
        return Check(
            "日志", Verdict.WARN, "只记警告和错误，事后查不到什么时候有过什么请求。", "设 ZHITONG_LOG_FORMAT=json，并留存六个月以上。"
        )
    return Check("日志", Verdict.OK, "每个请求记一行。")


def _backup(now: datetime) -> Check:
    from zhitong.launch.backup import manifest, take

    folder = take.home()
    taken = manifest.backups_in(folder)
    if not taken:
        return Check("备份", Verdict.FAIL, f"{folder} 里没有做完的备份。", "按 docs/production.md 设好每天的 zhitong backup。")
    age = now - max(taken.values())
    if age > LONGEST_WITHOUT_BACKUP:
        return Check(
            "备份", Verdict.FAIL, f"最近一次备份已是 {age.days} 天以前。", "看每天的备份为什么没有做成，立即运行 zhitong backup。"
        )
    if _same_disk(folder, state.location()):
        return Check(
            "备份", Verdict.WARN, f"备份和状态文件夹在同一块磁盘上（{folder}）。",
            "用 ZHITONG_BACKUP_DIR 放到另一块磁盘，并另存一份到别的机器。",
        )
    return Check("备份", Verdict.OK, f"最近一次备份在 {age.total_seconds() / 3600:.0f} 小时以前。")


def _same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


def _demonstration() -> Check:
    from zhitong.domain.campaigns.queries import is_demonstration

    if is_demonstration():
        return Check(
            "演示环境", Verdict.FAIL, "这是演示环境：单位、问题、账号是虚构的，时间有偏移。",
            "换一个空的状态文件夹或数据库，设 ZHITONG_DEMONSTRATION=off 重新准备。",
        )
    return Check("演示环境", Verdict.OK, "是正式环境。")


def _passwords() -> Check:
    """The published password of demonstrations must open no account; only their login names can have it."""
    from django.contrib.auth.hashers import check_password

    from zhitong.domain.organisations.models import Person
    from zhitong.rehearsal.accounts import ACCOUNTS, PASSWORD

    names = [account.login for account in ACCOUNTS]
    people = Person.objects.filter(login__in=names, is_active=True).values_list("login", "password")
    weak = sorted(login for login, stored in people if check_password(PASSWORD, stored))
    if weak:
        return Check("默认口令", Verdict.FAIL, f"{'、'.join(weak)} 还用着公开的演示口令。", "停用这些账号或改口令。")
    return Check("默认口令", Verdict.OK, "没有账号使用公开的演示口令。")
