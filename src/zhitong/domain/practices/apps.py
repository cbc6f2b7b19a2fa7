"""Django's handle on the practices room."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """What units write of their work."""

    name = "zhitong.domain.practices"
    label = "practices"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.organisations.beside import opens_files_of
        from zhitong.domain.practices.queries.sight import FILES_OF, FILES_OF_USE, must_see_piece, must_see_use

        opens_files_of(FILES_OF, must_see_piece)
        opens_files_of(FILES_OF_USE, must_see_use)
