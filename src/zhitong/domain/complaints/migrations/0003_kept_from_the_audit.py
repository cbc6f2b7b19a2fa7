"""Facts of sealed complaints are read by who opened the complaint; an auditor, who reads a territory's facts, has none of them."""

from django.db import migrations

from zhitong.kit.wall import WEB

SEALED = f"""
CREATE POLICY sealed ON history_fact AS RESTRICTIVE FOR SELECT TO {WEB} USING (
    thing_kind <> 'complaint' OR thing_id = (SELECT nullif(current_setting('zhitong.opened', true), '')::uuid));
"""


class Migration(migrations.Migration):
    """The sealed channel is outside the audit's search, as it is outside everybody's."""

    dependencies = [("complaints", "0002_wall"), ("history", "0005_seals")]

    operations = [migrations.RunSQL(SEALED, "DROP POLICY sealed ON history_fact")]
