"""The table of environment settings, and the only place that reads them."""

from __future__ import annotations

import os
from dataclasses import dataclass

from zhitong.kit.trouble import Trouble


class WrongSetting(Trouble):
    """An environment variable holds something that cannot be used."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, what holds when it is unset, and what it means to an operator."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "ZHITONG_DATABASE_URL",
        "",
        "外部 PostgreSQL 的地址（postgresql://用户:口令@主机:端口/库名）；不填则使用内置数据库",
    ),
    Setting("ZHITONG_STATE_DIR", "", "存放数据库、口令与密钥的文件夹；不填则为代码目录下的 .zhitong"),
    Setting("ZHITONG_HOST", "127.0.0.1", "网页服务监听的地址"),
    Setting("ZHITONG_PORT", "8000", "网页服务监听的端口；被占用时自动顺延到下一个空闲端口"),
    Setting(
        "ZHITONG_LIVE_PORT", "",
        "实时通知监听的端口；不填则为网页服务端口之后第一个空闲端口，填 0 则不提供，页面不自动更新",
    ),
    Setting(
        "ZHITONG_LIVE_URL", "",
        "经反向代理访问时，浏览器连接实时通知的地址（https://域名/live）；直接访问时不填",
    ),
    Setting("ZHITONG_SECRET_KEY", "", "签名密钥；不填则首次启动时生成并保存在状态文件夹"),
    Setting(
        "ZHITONG_DATA_KEYS", "",
        "加密手机号码等个人信息的密钥，每个写成“编号:种类:base64”，用逗号分隔，第一个用于加密；不填则用 ZHITONG_DATA_KEYS_FILE",
    ),
    Setting(
        "ZHITONG_DATA_KEYS_FILE", "",
        "存放上述密钥的文件，每行一个；不填则为状态文件夹下的 data_keys，首次使用时生成。丢失以后已加密的内容无法读出，请另行备份",
    ),
    Setting(
        "ZHITONG_SEALING", "auto",
        "新写入的个人信息是否加密：auto 为加密，但从没有加密的版本升级时先不加密，到运行 zhitong keys rotate 为止；on 总是加密；"
        "ready 只读密文、不写密文（几台机器上新旧版本同时服务时，每台都设）",
    ),
    Setting("ZHITONG_DATA_CIPHER", "aes-256-gcm", "生成新密钥时用的加密算法：aes-256-gcm 或 sm4-gcm；已有的密钥不变"),
    Setting("ZHITONG_ROLE", "web", "本进程登录数据库的身份：owner（建表）、web（网页与接口）、worker（后台）"),
    Setting("ZHITONG_DEBUG", "0", "设为 1 时显示调试页面，只用于开发"),
    Setting("ZHITONG_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "允许访问的域名，用逗号分隔"),
    Setting("ZHITONG_HTTPS", "0", "经 HTTPS 反向代理访问时设为 1：Cookie 只走加密通道，并要求浏览器一直使用 HTTPS"),
    Setting(
        "ZHITONG_PROXIES", "",
        "前面有几层自己的反向代理：来访地址取 X-Forwarded-For 从右数第几个；不填则 ZHITONG_HTTPS 为 1 时是 1，否则是 0（只看连接本身）",
    ),
    Setting("ZHITONG_PROTECTION_LEVEL", "3", "等级保护的级别，3 或 2：下面各项不填时按这一级的默认值"),
    Setting("ZHITONG_PASSWORD_LENGTH", "", "密码至少几位；不填则三级 10、二级 8"),
    Setting("ZHITONG_PASSWORD_KINDS", "", "密码至少含小写字母、大写字母、数字、符号中的几种；不填则三级 3、二级 2"),
    Setting("ZHITONG_PASSWORD_HISTORY", "", "不能与最近几次用过的密码相同；不填则三级 5、二级 3"),
    Setting("ZHITONG_PASSWORD_DAYS", "", "密码用满几天须更换，0 为不限；不填则三级 90、二级 180"),
    Setting("ZHITONG_SIGN_IN_TRIES", "", "连续失败几次后须等待；不填则为 5"),
    Setting("ZHITONG_IDLE_MINUTES", "", "几分钟无人操作即退出，0 为不限；不填则三级 30、二级 60"),
    Setting("ZHITONG_SITTING_HOURS", "", "登录后最长几小时须重新登录；不填则三级 8、二级 12"),
    Setting(
        "ZHITONG_SECOND_FACTOR", "",
        "必须使用动态码或通行密钥的岗位种类，用逗号分隔（如 administrator,leader）；none 为都不要求；不填则三级为 administrator",
    ),
    Setting(
        "ZHITONG_ORIGIN", "",
        "浏览器访问本系统的网址（https://域名，不带路径）：统一身份认证回到这里，通行密钥只在这里有效，外发消息和日程订阅里的链接指向这里；不填则按每次访问的域名，消息里没有链接，不提供通行密钥",
    ),
    Setting(
        "ZHITONG_SIGN_IN_SERVICES", "",
        "统一身份认证服务（OpenID Connect）：JSON 列表，每个服务一个对象，各项见 docs/operations.md；不填则不提供",
    ),
    Setting(
        "ZHITONG_PACE", "on",
        "访问限速：on 用默认值（每个登录的人每分钟查看600次、办理120次、搜索60次、导出20次、上传60次；"
        "未登录的按来访地址、接口按密钥，各为五倍）；也可逐项写，如 read=1200,export=10；off 为不限",
    ),
    Setting(
        "ZHITONG_MASKED", "contact_name,contact_phone",
        "哪些联系方式只显示一部分，用逗号分隔：contact_name（企业联系人姓名）、contact_phone（企业联系人电话）、"
        "duty_phone（分包干部电话）；none 为都完整显示",
    ),
    Setting(
        "ZHITONG_WHOLE_FOR", "dispatch",
        "有哪些权限的岗位不经说明用途就看完整联系方式，用逗号分隔的权限英文名（见 permissions.md）；none 为只有企业自己、分包和办理的单位",
    ),
    Setting("ZHITONG_UNMASK_A_DAY", "30", "每人每天可以说明用途查看完整联系方式几次，0 为不许"),
    Setting("ZHITONG_UNMASK_MINUTES", "10", "说明用途后，完整联系方式显示几分钟"),
    Setting("ZHITONG_DEMONSTRATION", "on", "首次启动时：on 建成演示环境（虚构的单位、问题和账号，时间为2018年9月17日），off 建成正式环境"),
    Setting(
        "ZHITONG_SMS_GATEWAY",
        "",
        "短信网关的地址（https://…）：以 JSON {phone, text} 接收；不填则不能用手机验证码，演示环境把短信显示在页面上",
    ),
    Setting("ZHITONG_SMS_KEY", "", "短信网关的密钥，放在 Authorization: Bearer 里"),
    Setting(
        "ZHITONG_SCANNER", "",
        "查毒服务（ClamAV 的 clamd）的地址：unix:/run/clamav/clamd.ctl 或 主机:端口；填了以后，上传的附件查毒通过才能打开，"
        "查出病毒的隔离并告知上传单位；不填则不查毒",
    ),
    Setting("ZHITONG_SMTP_HOST", "", "发邮件的服务器（主机 或 主机:端口）；不填则不发邮件"),
    Setting("ZHITONG_SMTP_SECURITY", "starttls", "邮件服务器的加密方式：starttls、tls（端口 465）或 none（只用于本机转发）"),
    Setting("ZHITONG_SMTP_USER", "", "邮件服务器的登录名；不填则不登录"),
    Setting("ZHITONG_SMTP_PASSWORD", "", "邮件服务器的密码"),
    Setting("ZHITONG_MAIL_FROM", "", "发件人，如 直通 <zhitong@example.gov.cn>"),
    Setting("ZHITONG_WECOM_KEY", "", "企业微信的企业 ID（corpid）；不填则不发企业微信"),
    Setting("ZHITONG_WECOM_SECRET", "", "企业微信应用的 Secret"),
    Setting("ZHITONG_WECOM_AGENT", "", "企业微信应用的 AgentId"),
    Setting("ZHITONG_WECOM_URL", "", "企业微信（或政务微信）接口的地址；不填则为 https://qyapi.weixin.qq.com"),
    Setting("ZHITONG_DINGTALK_KEY", "", "钉钉应用的 AppKey（Client ID）；不填则不发钉钉"),
    Setting("ZHITONG_DINGTALK_SECRET", "", "钉钉应用的 AppSecret"),
    Setting("ZHITONG_DINGTALK_AGENT", "", "钉钉应用的 AgentId"),
    Setting("ZHITONG_DINGTALK_URL", "", "钉钉（或专有钉钉）接口的地址；不填则为 https://oapi.dingtalk.com"),
    Setting(
        "ZHITONG_MESSAGE_HOOKS", "",
        "单位的群机器人和业务系统：一个 JSON 文件的路径，每项有 name（名称）、unit（单位代码）、kind（wecom_robot、dingtalk_robot"
        " 或 webhook）、url、secret",
    ),
    Setting("ZHITONG_CALENDAR_TITLES", "0", "设为 1 时，日程订阅里写会议、节点的名称；只用于日历服务在政务外网内的情况"),
    Setting(
        "ZHITONG_WEBHOOK_NETWORKS", "",
        "事件通知可以送到的内部网段，用逗号分隔（如 10.20.0.0/16）；不填则只送到公网地址，内部网络和本机一律不送",
    ),
    Setting("ZHITONG_WEB_WORKERS", "2", "网页服务的进程数"),
    Setting("ZHITONG_SEAL_DIGEST", "sha256", "封存留痕用的摘要算法：sha256 或 sm3；改变以后，以前的封存仍按原来的算法核验"),
    Setting("ZHITONG_BACKUP_DIR", "", "备份放在哪个文件夹；不填则为状态文件夹下的 backups，最好放在另一块磁盘上"),
    Setting(
        "ZHITONG_WAL_ARCHIVE", "",
        "内置数据库的日志归档到哪个文件夹；填了以后 zhitong backup 同时复制数据库文件，zhitong restore-to 可以恢复到任一时刻",
    ),
    Setting("ZHITONG_LOG_FORMAT", "plain", "日志的写法：plain 每行一句，给人看；json 每行一个 JSON，每个请求都记一行，供程序读取"),
    Setting("ZHITONG_METRICS_PORT", "", "运行指标（Prometheus 文本）监听的端口；不填则不提供"),
    Setting("ZHITONG_METRICS_HOST", "127.0.0.1", "运行指标监听的地址；只应让监控服务器访问"),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}
ROLES = ("owner", "web", "worker")
_SWITCHES = {"1": True, "on": True, "0": False, "off": False}


def text(name: str) -> str:
    """The value of a setting in the table; an empty variable counts as unset."""
    default = _DEFAULTS[name]
    return os.environ.get(name, "").strip() or default


def number(name: str) -> int:
    """A whole number. Raises WrongSetting: the variable holds something else."""
    value = text(name)
    if not value.isascii() or not value.isdigit():
        raise WrongSetting(f"环境变量 {name} 应为整数，现在是“{value}”；请改正后再试。")
    return int(value)


def number_if_set(name: str) -> int | None:
    """A whole number, or None where the variable is unset. Raises WrongSetting: it holds something else."""
    return number(name) if text(name) else None


def switch(name: str) -> bool:
    """Yes for 1 or on, no for 0 or off. Raises WrongSetting: the variable holds something else."""
    value = text(name).lower()
    if value not in _SWITCHES:
        raise WrongSetting(f"环境变量 {name} 应为 0 或 1（off 或 on），现在是“{value}”；请改正后再试。")
    return _SWITCHES[value]


def names(name: str) -> list[str]:
    """A comma-separated list without blanks."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def one_of(name: str, words: tuple[str, ...]) -> str:
    """One of some words. Raises WrongSetting: the variable holds something else."""
    value = text(name).lower()
    if value not in words:
        raise WrongSetting(f"环境变量 {name} 应为 {'、'.join(words)} 之一，现在是“{value}”；请改正后再试。")
    return value


def role() -> str:
    """The database role of this process. Raises WrongSetting: not one of ROLES."""
    return one_of("ZHITONG_ROLE", ROLES)
