"""The words of accounts: how somebody comes in, which steps lie before, what waits, and the facts acts leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Way(Word):
    """By what somebody began to come in."""

    PASSWORD = "password", "密码"
    PHONE = "phone", "手机验证码"
    INVITATION = "invitation", "邀请单"
    SERVICE = "service", "统一身份认证"
    PASSKEY = "passkey", "通行密钥"


class Step(Word):
    """What somebody must still do before he is in, in this order: prove, then bind, then change."""

    PROVE = "prove", "输入动态码"
    BIND = "bind", "绑定动态码"
    CHANGE = "change", "修改密码"


class Place(Word):
    """From where tries are counted together."""

    DEVICE = "device", "本人用过的设备"
    ADDRESS = "address", "同一账号、同一地址"
    SOURCE = "source", "同一地址，不分账号"
    ACCOUNT = "account", "同一账号，陌生地址"
    CODE = "code", "动态码和原密码"


class Linking(Word):
    """How somebody came to be linked with his account at an identity service."""

    RULE = "rule", "首次登录时按规则对应"
    OWN = "own", "本人绑定"
    ADMINISTRATOR = "administrator", "系统管理员绑定"


class AccountFact(Word):
    """What is recorded of accounts; secrets themselves never are."""

    SIGNED_IN = "account.signed_in", "登录"
    FAILED = "account.failed", "登录失败"
    SHUT = "account.shut", "连续失败，暂停登录"
    LIFTED = "account.lifted", "解除暂停登录"
    LEFT = "account.left", "退出登录"
    SITTING_ENDED = "account.sitting_ended", "结束登录"
    PASSWORD_CHANGED = "account.password_changed", "修改密码"
    PASSWORD_GIVEN = "account.password_given", "重设初始密码"
    FACTOR_BOUND = "account.factor_bound", "绑定动态码"
    FACTOR_DROPPED = "account.factor_dropped", "解绑动态码"
    FACTOR_RESET = "account.factor_reset", "重置动态码"
    CODES_RENEWED = "account.codes_renewed", "更换恢复码"
    CODE_SPENT = "account.code_spent", "使用恢复码"
    IDENTITY_LINKED = "account.identity_linked", "绑定统一身份"
    IDENTITY_UNLINKED = "account.identity_unlinked", "解除统一身份"
    PASSKEY_BOUND = "account.passkey_bound", "绑定通行密钥"
    PASSKEY_REMOVED = "account.passkey_removed", "解除通行密钥"
    PASSKEY_DOUBTED = "account.passkey_doubted", "通行密钥计数倒退，疑被复制"
