"""The second wall of what the whole way added: requests, offers, parts, second looks, flags."""

from django.db import migrations

from zhitong.kit.wall import guard

OF_A_SEEN_PROBLEM = "EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = {table}.problem_id)"
ADDED = ("problems_request", "problems_offer", "problems_part", "problems_check", "problems_flagged")


class Migration(migrations.Migration):
    """Row policies of the tables of 0003."""

    dependencies = [("problems", "0003_the_whole_way")]

    operations = [guard(table, seen=OF_A_SEEN_PROBLEM.format(table=table)) for table in ADDED]
