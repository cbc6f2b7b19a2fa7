"""How a person likes to have pages shown: his own business, so no fact is left and nobody is asked."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.models import Person


def prefer_type(person_id: UUID, *, is_large: bool) -> None:
    """Show pages to a person in large type from now on, or no longer, wherever he signs in (工信部 适老化通用设计规范)."""
    Person.objects.filter(id=person_id).update(large_type=is_large)
