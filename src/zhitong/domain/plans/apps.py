"""Django's handle on the plans room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, tasks, indicators, targets, gates."""

    name = "zhitong.domain.plans"
    label = "plans"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.organisations.beside import opens_files_of
        from zhitong.domain.plans.queries.timetables import FILES_OF, must_see_milestone

        opens_files_of(FILES_OF, must_see_milestone)
