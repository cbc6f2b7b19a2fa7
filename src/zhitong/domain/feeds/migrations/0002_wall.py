"""Who sees feeds: their person, and whoever names the digest of the secret in the address; events like their feed."""

from django.db import migrations

from zhitong.kit.wall import guard

OWN = "person_id = (SELECT organisations_viewer_person())"
NAMED = "(digest <> '' AND digest = current_setting('zhitong.feed', true))"
OF_FEED = f"EXISTS (SELECT 1 FROM feeds_feed feed WHERE feed.id = feed_id AND feed.{OWN})"


class Migration(migrations.Migration):
    """Row policies of feeds."""

    dependencies = [("feeds", "0001_feeds"), ("organisations", "0002_wall")]

    operations = [
        guard("feeds_feed", seen=f"{OWN} OR {NAMED}", added=OWN, changed=OWN),
        guard("feeds_event", seen=OF_FEED),
    ]
