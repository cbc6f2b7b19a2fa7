"""Django's handle on the problems room."""

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    """Problems and the typed rows of their way."""

    name = "zhitong.domain.problems"
    label = "problems"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.organisations.beside import opens_files_of
        from zhitong.domain.problems.queries.attached import FILES_OF, must_see_files_of

        opens_files_of(FILES_OF, must_see_files_of)
