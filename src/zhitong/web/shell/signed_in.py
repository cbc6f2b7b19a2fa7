"""Who is signed in, read together with the posts held: every page needs both before anything else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from zhitong.domain.organisations import queries
from zhitong.kit import clock


class WithPosts(ModelBackend):
    """Django's own way of signing in; the person of a session comes with the posts held today (one query)."""

    def get_user(self, user_id: Any) -> Any:
        """The person, or None who is no longer active."""
        return queries.person_signed_in(user_id, clock.today())
