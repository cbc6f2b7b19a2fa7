"""Cards are closed to the three administrators."""

from django.db import migrations

from zhitong.kit.wall import WEB


class Migration(migrations.Migration):
    """What hangs on a card is closed with it."""

    dependencies = [("cards", "0014_beside"), ("organisations", "0009_apart_and_instead")]

    operations = [
        migrations.RunSQL(
            f"CREATE POLICY apart ON cards_card AS RESTRICTIVE FOR SELECT TO {WEB}"
            " USING ((SELECT organisations_viewer_apart()) = '')",
            "DROP POLICY apart ON cards_card",
        ),
    ]
