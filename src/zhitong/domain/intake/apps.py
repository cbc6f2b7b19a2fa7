"""Django's handle on the intake room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """What comes in by other doors."""

    name = "zhitong.domain.intake"
    label = "intake"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.intake.queries.symposia import FILES_OF, must_see_symposium
        from zhitong.domain.organisations.beside import opens_files_of

        opens_files_of(FILES_OF, must_see_symposium)
