"""The index by which one of the served is found by the digest of its contact's telephone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """One index; apart from the sealing, whose rows are still being checked by deferred constraints."""

    dependencies = [("subjects", "0012_sealed_phones")]

    operations = [
        migrations.AddIndex("subject", models.Index(
            fields=["contact_phone_digest", "id"], condition=Q(ended_on__isnull=True) & ~Q(contact_phone_digest=""),
            name="subjects_by_phone_digest",
        )),
    ]
