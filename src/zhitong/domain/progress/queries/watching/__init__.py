"""The plan watched: targets with their lights in a region, a task's table of regions, and one region beside its like.

Shown to posts that oversee a territory or a line, for regions inside their own; everybody else finds nothing.
"""

from zhitong.domain.progress.queries.watching.board import LightCounts as LightCounts
from zhitong.domain.progress.queries.watching.board import Place as Place
from zhitong.domain.progress.queries.watching.board import counts_of_regions as counts_of_regions
from zhitong.domain.progress.queries.watching.board import place_of as place_of
from zhitong.domain.progress.queries.watching.comparing import Compared as Compared
from zhitong.domain.progress.queries.watching.comparing import compared as compared
from zhitong.domain.progress.queries.watching.course import Course as Course
from zhitong.domain.progress.queries.watching.course import course_of as course_of
from zhitong.domain.progress.queries.watching.lists import ProgressFilters as ProgressFilters
from zhitong.domain.progress.queries.watching.lists import ProgressRow as ProgressRow
from zhitong.domain.progress.queries.watching.lists import count_rows as count_rows
from zhitong.domain.progress.queries.watching.lists import rows_for as rows_for
from zhitong.domain.progress.queries.watching.regions import GateCounts as GateCounts
from zhitong.domain.progress.queries.watching.regions import ReportLine as ReportLine
from zhitong.domain.progress.queries.watching.regions import gates_in as gates_in
from zhitong.domain.progress.queries.watching.regions import newest_reports_in as newest_reports_in
from zhitong.domain.progress.queries.watching.regions import newest_reports_of as newest_reports_of
from zhitong.domain.progress.queries.watching.regions import tasks_reported_by as tasks_reported_by
from zhitong.domain.progress.queries.watching.seeing import may_watch as may_watch
from zhitong.domain.progress.queries.watching.seeing import watched_region as watched_region
from zhitong.domain.progress.queries.watching.targets import Judged as Judged
from zhitong.domain.progress.queries.watching.targets import Overridden as Overridden
from zhitong.domain.progress.queries.watching.targets import WatchedTarget as WatchedTarget
from zhitong.domain.progress.queries.watching.targets import periods_in as periods_in
from zhitong.domain.progress.queries.watching.targets import regions_with_targets as regions_with_targets
from zhitong.domain.progress.queries.watching.targets import series_of as series_of
from zhitong.domain.progress.queries.watching.targets import targets_in as targets_in
