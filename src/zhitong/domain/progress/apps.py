"""Django's handle on the progress room."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Progress, tasks, indicators, targets, gates."""

    name = "zhitong.domain.progress"
    label = "progress"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.organisations.beside import opens_files_of
        from zhitong.domain.progress.queries.attached import FILES_OF, must_see_files_of

        opens_files_of(FILES_OF, must_see_files_of)
