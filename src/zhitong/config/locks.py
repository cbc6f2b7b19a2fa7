"""How strictly accounts are kept, who else knows people, what is shown of them and how fast anybody may ask, from the settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from zhitong.config import environment
from zhitong.domain.accounts.rules.protection import LEVELS, Protection, protection_of
from zhitong.domain.accounts.rules.services import SignInService, WrongService, services_of
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.pacing.rules import MOST_A_MINUTE, Asking, Pace, paces_from
from zhitong.domain.privacy.rules.masking import Masking, masking_of
from zhitong.domain.privacy.rules.words import PersonalKind

_FIGURES = {
    "password_length": "ZHITONG_PASSWORD_LENGTH", "password_kinds": "ZHITONG_PASSWORD_KINDS",
    "password_history": "ZHITONG_PASSWORD_HISTORY", "password_days": "ZHITONG_PASSWORD_DAYS", "tries": "ZHITONG_SIGN_IN_TRIES",
    "idle_minutes": "ZHITONG_IDLE_MINUTES", "sitting_hours": "ZHITONG_SITTING_HOURS",
}


def protection() -> Protection:
    """The preset of the chosen level with what the operator sets otherwise. Raises WrongSetting."""
    level = environment.number("ZHITONG_PROTECTION_LEVEL")
    if level not in LEVELS:
        raise environment.WrongSetting(f"环境变量 ZHITONG_PROTECTION_LEVEL 应为 2 或 3，现在是“{level}”；请改正后再试。")
    figures = {figure: environment.number_if_set(name) for figure, name in _FIGURES.items()}
    for figure in ("tries", "sitting_hours"):
        if figures[figure] == 0:
            raise environment.WrongSetting(f"环境变量 {_FIGURES[figure]} 至少为 1，现在是“0”；请改正后再试。")
    try:
        return protection_of(level, figures, environment.text("ZHITONG_SECOND_FACTOR"))
    except ValueError as error:
        kinds = "、".join(str(kind) for kind in PostKind)
        raise environment.WrongSetting(f"环境变量 ZHITONG_SECOND_FACTOR 应为 {kinds} 中的几个，或 none；请改正后再试。") from error


def masking() -> Masking:
    """What is shown of people in part, and to whom whole. Raises WrongSetting."""
    minutes = environment.number("ZHITONG_UNMASK_MINUTES")
    if not minutes:
        raise environment.WrongSetting("环境变量 ZHITONG_UNMASK_MINUTES 至少为 1，现在是“0”；请改正后再试。")
    try:
        return masking_of(
            environment.names("ZHITONG_MASKED"), environment.names("ZHITONG_WHOLE_FOR"),
            a_day=environment.number("ZHITONG_UNMASK_A_DAY"), minutes=minutes,
        )
    except ValueError as error:
        kinds = "、".join(str(kind) for kind in PersonalKind)
        raise environment.WrongSetting(
            f"环境变量 ZHITONG_MASKED 应为 {kinds} 中的几个，ZHITONG_WHOLE_FOR 应为权限的英文名，都可以是 none；请改正后再试。"
        ) from error


def proxies() -> int:
    """How many proxies of one's own stand before the pages."""
    asked = environment.number_if_set("ZHITONG_PROXIES")
    return asked if asked is not None else int(environment.switch("ZHITONG_HTTPS"))


def services() -> tuple[SignInService, ...]:
    """The services that know people for us. Raises WrongSetting."""
    try:
        return services_of(environment.text("ZHITONG_SIGN_IN_SERVICES"))
    except WrongService as error:
        raise environment.WrongSetting(f"环境变量 ZHITONG_SIGN_IN_SERVICES 有误：{error}；请改正后再试。") from error


def origin() -> str:
    """Under which address browsers know this installation, without a path; empty where it is not set. Raises WrongSetting."""
    address = environment.text("ZHITONG_ORIGIN").rstrip("/")
    parts = urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname == "localhost"
    if address and (parts.path or parts.query or not parts.hostname or not (parts.scheme == "https" or is_here)):
        raise environment.WrongSetting(f"环境变量 ZHITONG_ORIGIN 应为 https://域名，现在是“{address}”；请改正后再试。")
    return address


def paces() -> dict[Asking, Pace] | None:
    """How fast one may ask, by what is asked; None where the operator wants no limit. Raises WrongSetting."""
    said = environment.text("ZHITONG_PACE").lower()
    if said in ("off", "0"):
        return None
    try:
        return paces_from("" if said in ("on", "1") else said)
    except ValueError as error:
        words = "、".join(str(asking) for asking in Asking)
        raise environment.WrongSetting(
            f"环境变量 ZHITONG_PACE 应为 on、off，或者用逗号分隔的 项目=每分钟次数（{words}，次数1至{MOST_A_MINUTE}），"
            f"现在是“{said}”；请改正后再试。"
        ) from error
