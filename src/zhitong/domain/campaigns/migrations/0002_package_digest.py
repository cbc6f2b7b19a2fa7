"""From which folder a campaign was last loaded."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0001_campaigns'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='package_digest',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
