"""Files attached to a problem are seen by whoever sees the problem."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through


class Migration(migrations.Migration):
    """The second wall of a problem's files."""

    dependencies = [("problems", "0005_signing"), ("files", "0002_wall")]

    operations = [seen_through("problem", "problems_problem")]
