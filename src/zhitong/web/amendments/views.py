"""One amendment as a notice with what may be done now, and everything that was changed in a task."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.plans.queries import task_seen
from zhitong.domain.plans.queries.amendments import AmendmentView, amendment_seen, amendments_of_task
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Crumb


@require_GET
def page(request: HttpRequest, amendment_id: UUID) -> HttpResponse:
    """The notice. Raises NotFound: it is not there for this viewer."""
    found = amendment_seen(request.viewer, amendment_id)
    return render(request, "amendments/amendment.html", {"amendment": found, "crumbs": crumbs_of(found)})


@require_GET
def of_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """What was changed in a task, the newest first. Raises NotFound: no such task, or the viewer is one of the served."""
    amendments = amendments_of_task(request.viewer, task_id)
    task = task_seen(request.viewer, task_id)
    if task is None:
        raise NotFound
    return render(request, "amendments/of_task.html", {
        "task": task, "amendments": amendments,
        "crumbs": [
            Crumb(_("任务 %(number)s %(title)s") % {"number": task.number, "title": task.title},
                  reverse("plan:task", args=[task.campaign, task.number])),
            Crumb(_("历次调整")),
        ],
    })


def crumbs_of(found: AmendmentView, *more: str) -> list[Crumb]:
    """The way to an amendment, and perhaps one step on."""
    own = reverse("amendments:page", args=[found.id]) if more else ""
    return [Crumb(_("调整"), reverse("amendments:list")), Crumb(found.title, own), *(Crumb(one) for one in more)]
