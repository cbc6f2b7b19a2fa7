"""Django's handle on the inspections room."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """What an office goes and looks at."""

    name = "zhitong.domain.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.inspections.queries.sight import FILES_OF, must_see_finding
        from zhitong.domain.organisations.beside import opens_files_of

        opens_files_of(FILES_OF, must_see_finding)
