"""Django's handle on the visits room."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Contact with the served."""

    name = "zhitong.domain.visits"
    label = "visits"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.organisations.beside import opens_files_of
        from zhitong.domain.visits.queries.sight import FILES_OF, must_see_visit

        opens_files_of(FILES_OF, must_see_visit)
