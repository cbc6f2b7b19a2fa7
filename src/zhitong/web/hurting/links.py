"""The addresses behind what hurts: the problems counted, the tasks and papers that name a thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.hurting.naming import Named
from zhitong.web.timing.filters import SpanFilters

_CARRIED = ("region", "period", "kind", "category")


@dataclass(frozen=True)
class Link:
    """A place that names a thing."""

    label: str
    url: str


def rows_of(form: SpanFilters, **narrowed: str) -> str:
    """The problems that came in the span of the page, narrowed."""
    asked = {name: str(form.data.get(name, "")) for name in _CARRIED} | narrowed
    return f"{reverse('hurting:rows')}?{urlencode({name: value for name, value in asked.items() if value})}"


def links_of(named: Named) -> Iterator[Link]:
    """The tasks, then the papers; a paper leads to the task in which it says the word."""
    for task in named.tasks:
        label = _("任务 %(number)s %(title)s") % {"number": task.number, "title": task.title}
        yield Link(label, reverse("plan:task", args=[task.campaign, task.number]))
    for paper in named.papers:
        place = f"#x-t{paper.task_place}" if paper.task_place is not None else ""
        label = f"《{paper.title}》{paper.task}" if paper.task else f"《{paper.title}》"
        yield Link(label, reverse("reader:desk", args=[paper.paper_id]) + place)
