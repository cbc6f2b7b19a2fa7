"""The walls of complaints: a party row is its unit's own; a complaint and its steps are seen by its parties alone.

No reach counts here, neither territory nor line: who is no party finds no row, whatever is asked.
"""

from django.db import migrations

from zhitong.kit.wall import guard

OWN = "unit_id = (SELECT organisations_viewer_unit())"
SEEN = f"""
    EXISTS (
        SELECT 1 FROM complaints_party party
        WHERE party.complaint_id = complaints_complaint.id AND party.{OWN})
"""
OF_A_SEEN_COMPLAINT = "EXISTS (SELECT 1 FROM complaints_complaint complaint WHERE complaint.id = complaints_step.complaint_id)"


class Migration(migrations.Migration):
    """Row policies of complaints."""

    dependencies = [("complaints", "0001_complaints"), ("organisations", "0002_wall")]

    operations = [
        guard("complaints_party", seen=OWN, added="true"),
        guard("complaints_complaint", seen=SEEN, added="true"),
        guard("complaints_step", seen=OF_A_SEEN_COMPLAINT, added="true"),
    ]
