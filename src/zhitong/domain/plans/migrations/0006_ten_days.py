"""A figure may be reported every ten days (旬)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0005_terms_and_spans'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indicator',
            name='frequency',
            field=models.CharField(choices=[('ten_days', '每旬'), ('month', '每月'), ('quarter', '每季度'), ('half_year', '每半年'), ('year', '每年')], max_length=24),
        ),
    ]
