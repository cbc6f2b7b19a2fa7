"""Django's handle on the campaigns room; names to the clock who knows the installation's offset."""

from django.apps import AppConfig

from zhitong.kit import clock


class CampaignsConfig(AppConfig):
    """Packages loaded, and what this installation is."""

    name = "zhitong.domain.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Let the clock ask this room for the offset when time is first needed."""
        from zhitong.domain.campaigns.queries import clock_offset

        clock.ask_offset_of(clock_offset)
