"""Signatures on a printed sheet of a hand-over, registered by the office that made it; how much care passed with the post."""

from django.db import migrations, models

BY_THE_TWO = (
    "from_person_id = (SELECT organisations_viewer_person()) OR to_person_id = (SELECT organisations_viewer_person())"
)
OR_BY_THE_OFFICE = f"{BY_THE_TWO} OR made_by_unit_id = (SELECT organisations_viewer_unit())"


def changed_by(whom: str) -> str:
    return f"ALTER POLICY changed ON problems_handing_over USING ({whom}) WITH CHECK ({whom})"


class Migration(migrations.Migration):

    dependencies = [("problems", "0022_by_line_and_closing")]

    operations = [
        migrations.AddField("handingover", "cares", models.PositiveIntegerField(default=0, db_default=0)),
        migrations.AddField("handingover", "from_on_paper", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("handingover", "to_on_paper", models.BooleanField(default=False, db_default=False)),
        migrations.RunSQL(changed_by(OR_BY_THE_OFFICE), changed_by(BY_THE_TWO)),
    ]
