"""The second wall of stage replies."""

from django.db import migrations

from zhitong.kit.wall import guard


class Migration(migrations.Migration):
    """Row policy of the table of 0009."""

    dependencies = [("problems", "0009_honest_closing")]

    operations = [
        guard(
            "problems_reply",
            seen="EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = problems_reply.problem_id)",
        )
    ]
