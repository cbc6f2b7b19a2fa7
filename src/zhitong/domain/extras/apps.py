"""Django's handle on the extras room."""

from django.apps import AppConfig


class ExtrasConfig(AppConfig):
    """What a place does beside the plan."""

    name = "zhitong.domain.extras"
    label = "extras"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.extras.queries.sight import FILES_OF, must_see_extra
        from zhitong.domain.organisations.beside import opens_files_of

        opens_files_of(FILES_OF, must_see_extra)
