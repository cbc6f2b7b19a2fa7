"""Working days, office hours and limits as plain words to ask. Pure.

`days` tells when offices are open, `limits` when something falls due, `saying` shows the sum in words, `own` lays the
calendars of units and regions over that of the installation, `published` knows what the State Council has published,
`entering` what may be entered, `periods` the months, quarters and years that figures are told for.
"""

from zhitong.domain.calendars.rules.days import DEFAULT_SESSIONS as DEFAULT_SESSIONS
from zhitong.domain.calendars.rules.days import Calendar as Calendar
from zhitong.domain.calendars.rules.days import DayKind as DayKind
from zhitong.domain.calendars.rules.days import Sessions as Sessions
from zhitong.domain.calendars.rules.limits import Due as Due
from zhitong.domain.calendars.rules.limits import LimitUnit as LimitUnit
from zhitong.domain.calendars.rules.limits import due_after as due_after
from zhitong.domain.calendars.rules.limits import due_after_minutes as due_after_minutes
from zhitong.domain.calendars.rules.limits import due_after_workdays as due_after_workdays
from zhitong.domain.calendars.rules.limits import warn_before as warn_before
from zhitong.domain.calendars.rules.limits import workdays_between as workdays_between
from zhitong.domain.calendars.rules.limits import working_seconds as working_seconds
from zhitong.domain.calendars.rules.periods import Period as Period
from zhitong.domain.calendars.rules.periods import PeriodKind as PeriodKind
from zhitong.domain.calendars.rules.periods import last_ended as last_ended
from zhitong.domain.calendars.rules.periods import period_before as period_before
from zhitong.domain.calendars.rules.periods import period_of as period_of
from zhitong.domain.calendars.rules.periods import period_trouble as period_trouble
from zhitong.domain.calendars.rules.periods import periods_between as periods_between
from zhitong.domain.calendars.rules.saying import arithmetic as arithmetic
