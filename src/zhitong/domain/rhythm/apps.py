"""Django's handle on the rhythm room."""

from django.apps import AppConfig


class RhythmConfig(AppConfig):
    """The meetings that come round."""

    name = "zhitong.domain.rhythm"
    label = "rhythm"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.organisations.beside import opens_files_of
        from zhitong.domain.rhythm.queries.sight import FILES_OF, must_see_decision

        opens_files_of(FILES_OF, must_see_decision)
