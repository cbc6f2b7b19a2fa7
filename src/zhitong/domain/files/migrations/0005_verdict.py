"""What the scanner said of the bytes; what is there already was judged by nobody and is opened until it is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0004_asked_by_functions'),
    ]

    operations = [
        migrations.AddField(
            model_name='content',
            name='found',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AddField(
            model_name='content',
            name='verdict',
            field=models.CharField(choices=[('unjudged', '未查毒'), ('waiting', '等待查毒'), ('clean', '查毒通过'), ('infected', '查出病毒')], db_default='unjudged', default='unjudged', max_length=24),
        ),
        migrations.AddIndex(
            model_name='content',
            index=models.Index(condition=models.Q(('verdict__in', ['unjudged', 'waiting'])), fields=['verdict'], name='files_to_judge'),
        ),
        migrations.RunSQL("GRANT UPDATE (verdict, found) ON files_content TO zhitong_worker", migrations.RunSQL.noop),
    ]
