"""What a consulted body's letter says of itself, and routing rules that the office has made its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns of parts and of routing rules."""

    dependencies = [("problems", "0010_wall_of_honest_closing")]

    operations = [
        migrations.AddField("part", "reply_letter", models.CharField(blank=True, default="", max_length=60)),
        migrations.AddField("part", "replied_on", models.DateField(null=True)),
        migrations.AddField("problem", "misrouted", models.BooleanField(default=False)),
        migrations.AddIndex(
            "spell",
            models.Index(fields=["-started_at"], name="problems_spell_designated", condition=models.Q(("designated", True))),
        ),
        migrations.AddField("routingrow", "origin", models.CharField(default="package", max_length=24)),
        migrations.AddField("routingrow", "in_force", models.BooleanField(default=True)),
        migrations.AddField("routingrow", "saving", models.CharField(blank=True, default="", max_length=40)),
    ]
