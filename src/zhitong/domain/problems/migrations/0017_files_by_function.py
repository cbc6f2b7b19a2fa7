"""The files of problems are looked at through a function, with the delegates' condition in it."""

from importlib import import_module

from django.db import migrations

from zhitong.domain.files.sight import asked, sight_of

OWN = import_module("zhitong.domain.problems.migrations.0013_open_to_delegates").OWN


class Migration(migrations.Migration):
    """The second wall of attached files, planned once."""

    dependencies = [("problems", "0016_reported"), ("files", "0004_asked_by_functions")]

    operations = [
        migrations.RunSQL(
            f"{sight_of('problem', 'problems_problem', OWN.removeprefix(' AND '))};"
            f" ALTER POLICY seen_as_problem ON files_attachment USING {asked('problem')}",
            migrations.RunSQL.noop,
        ),
    ]
