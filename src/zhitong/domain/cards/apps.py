"""Django's handle on the cards room."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """Templates, rounds, obligations, cards with their figures and problem rows."""

    name = "zhitong.domain.cards"
    label = "cards"

    def ready(self) -> None:
        """Let whoever sees a thing of this room open the files beside it."""
        from zhitong.domain.cards.queries import excuse
        from zhitong.domain.cards.queries.files import FILES_OF, PROOF_OF, must_see_file
        from zhitong.domain.organisations.beside import opens_files_of

        opens_files_of(FILES_OF, must_see_file)
        opens_files_of(PROOF_OF, excuse)
