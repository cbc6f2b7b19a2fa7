"""Who acts for a unit in the story: the person seated there for the demonstration, else its officer's empty post."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.models import Post, Tenure
from zhitong.domain.organisations.rules.kinds import PostKind

ACTING = (PostKind.OFFICER.value, PostKind.REPORTER.value)


class Cast:
    """The actors of all units, found once."""

    def __init__(self) -> None:
        posts = Post.objects.filter(kind__in=ACTING, ended_on__isnull=True).order_by("title")
        self._posts: dict[UUID, UUID] = dict(posts.values_list("unit_id", "id"))
        seated = Tenure.objects.filter(post__kind__in=ACTING, until__isnull=True)
        self._people: dict[UUID, tuple[UUID, UUID]] = {
            unit_id: (person_id, post_id)
            for unit_id, person_id, post_id in seated.values_list("post__unit_id", "person_id", "post_id")
        }

    def actor(self, unit_id: UUID) -> Actor:
        """The actor for a unit; an act of nobody seated still names the post."""
        person_id, post_id = self._people.get(unit_id, (None, self._posts.get(unit_id)))
        return Actor(person_id, post_id, unit_id, "rehearsal")
