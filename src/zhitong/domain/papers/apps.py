"""Django's handle on the papers room."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Policy documents on their way to a plan."""

    name = "zhitong.domain.papers"
    label = "papers"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.organisations.beside import opens_files_of
        from zhitong.domain.papers.queries.sight import FILES_OF, must_see_paper

        opens_files_of(FILES_OF, must_see_paper)
