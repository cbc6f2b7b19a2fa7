"""Which notices are still to be told outside; those that stand already are not."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0012_rhythm'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='goes_out',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('goes_out', True)), fields=['id'], name='notices_going_out'),
        ),
    ]
