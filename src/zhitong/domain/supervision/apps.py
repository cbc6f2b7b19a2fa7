"""Django's handle on the supervision room."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Urgings, supervisions, instructions."""

    name = "zhitong.domain.supervision"
    label = "supervision"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.organisations.beside import opens_files_of
        from zhitong.domain.supervision.queries.attached import FILES_OF, must_see_files_of

        opens_files_of(FILES_OF, must_see_files_of)
