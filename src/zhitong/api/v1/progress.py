"""Progress: the plan with its lights, a task over its regions, a region, two regions beside each other, and the rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router

from zhitong.api.door import Request, reads
from zhitong.api.pages import Limit, read_page
from zhitong.api.words import Code, Labelled, Named, OneOf, Shape, Words, labelled, maybe_labelled, named, region_coded, unit_named
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.queries import plans_seen, task_seen
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.queries import watching
from zhitong.domain.progress.queries.watching import Judged, LightCounts, WatchedTarget

router = Router()
