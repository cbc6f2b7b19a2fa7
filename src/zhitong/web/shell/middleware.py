"""What every request passes: security headers, sign-in first, the viewer's own transaction, refusals as pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import FileResponse, HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from zhitong.domain.organisations import queries
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.following import stream_origin
from zhitong.web.shell.sessions import note_seen

Answer = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
POST_IN_SESSION = queries.POST_IN_SESSION
API = ("/api/", "/odata/")  # doors of their own: they sign in by key and open the viewer's transaction themselves


class SecurityHeaders:
    """Nothing but our own files may run or be drawn; pages of the signed-in stay out of shared caches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say what browsers may do with it."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy_for(request))
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        if getattr(request, "viewer", None) is not None and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


def _policy_for(request: HttpRequest) -> str:
    """Pages of the signed-in may also listen to the stream, where there is one."""
    origin = stream_origin(request) if getattr(request, "viewer", None) is not None else ""
    return f"{CONTENT_SECURITY_POLICY}; connect-src 'self' {origin}" if origin else CONTENT_SECURITY_POLICY


class SignInFirst(LoginRequiredMiddleware):
    """Whoever is not signed in goes to sign-in and comes back afterwards; the API has its own way."""

    def process_view(self, request, view_func, view_args, view_kwargs):  # type: ignore[no-untyped-def]
        """Let pass, or lead to sign-in."""
        if request.path.startswith(API):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):  # type: ignore[no-untyped-def]
        """Lead the whole page to sign-in, also when only a part of it was asked for."""
        answer = super().handle_no_permission(request, view_func)
        if getattr(request, "htmx", False):
            there = HttpResponse(status=204)
            there["HX-Redirect"] = reverse(settings.LOGIN_URL)
            return there
        return answer


class ActingAs:
    """Put `acting_as(viewer)` around the whole of a request, its rendering and streaming included.

    One request is one transaction. A file that is written whole is sent after its end, so that what was recorded of it
    stands before its first byte leaves. What an excepted view had written is undone, and the page made of the exception can
    still ask the database as the viewer. Stands last in the list, so that it hears of exceptions first.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the viewer, or as nobody on the pages open to all."""
        request.viewer = None  # type: ignore[attr-defined]
        if not request.path.startswith(API):
            _read_to_the_end(request)
        if request.path.startswith(API) or not request.user.is_authenticated:
            return self.get_response(request)
        viewer = viewer_of(request)
        if viewer is None:
            return self.get_response(request)
        viewer = replace(viewer, request_id=getattr(request, "request_id", None))
        request.viewer = viewer  # type: ignore[attr-defined]
        note_seen(request)
        with ExitStack() as open_until_sent:
            open_until_sent.enter_context(acting_as(viewer))
            request.acting = open_until_sent  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.streaming and not isinstance(response, FileResponse):
                response._resource_closers.append(open_until_sent.pop_all().close)
            return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *arguments: object
    ) -> HttpResponse | None:
        """Who is signed in and holds no post sees nothing but the way out."""
        is_postless = request.viewer is None and request.user.is_authenticated  # type: ignore[attr-defined]
        if is_postless and getattr(view, "login_required", True) and not request.path.startswith(API):
            return render(request, "shell/no_post.html", status=403)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what the view had written before it failed, and open the viewer's transaction anew for the page of it."""
        acting: ExitStack | None = getattr(request, "acting", None)
        if acting is not None:
            acting.__exit__(type(exception), exception, exception.__traceback__)
            acting.enter_context(acting_as(request.viewer))  # type: ignore[attr-defined]


class Refusals:
    """Turn refusals that no view caught into pages: what is not there for this viewer is a 404 like any other."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do on the straight way."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; other exceptions go their way."""
        if not isinstance(exception, Refused) or request.path.startswith(API):
            return None
        if getattr(request, "htmx", False):
            return _as_notice(request, exception)
        if isinstance(exception, NotFound):
            return render(request, "404.html", status=404)
        told = {"sentence": exception.sentence, "is_barred": isinstance(exception, NotYours)}
        return render(request, "shell/refused.html", told, status=_status_of(exception))


def _read_to_the_end(request: HttpRequest) -> None:
    """Have the body in before the transaction opens: a phone sends a photo slowly, and connections are few."""
    with suppress(UnreadablePostError):  # nobody waits for the answer any longer
        request.FILES.lists()


def viewer_of(request: HttpRequest) -> Viewer | None:
    """The viewer behind a signed-in request: as the post chosen last, else as the one held longest."""
    chosen = request.session.get(POST_IN_SESSION)
    viewer = queries.viewer_among(queries.posts_of(request.user, clock.today()), chosen)
    if viewer is not None and str(viewer.post_id) != chosen:
        request.session[POST_IN_SESSION] = str(viewer.post_id)
    return viewer


def _as_notice(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Where only a part of the page was asked for, the refusal goes among the page's notices."""
    notice = {"text": refusal.sentence, "kind": "refused"}
    answer = render(request, "shell/parts/notice.html", notice, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#notices", "innerHTML"
    return answer


def _status_of(refusal: Refused) -> int:
    if isinstance(refusal, BadInput):
        return 422
    return 403 if isinstance(refusal, NotYours) else 409
