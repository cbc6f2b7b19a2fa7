"""Where a photo was taken, kept beside what asks for it; the web may forget it when a file is attached elsewhere."""

from django.db import migrations, models

from zhitong.kit.wall import WEB


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_wall'),
    ]

    operations = [
        migrations.AddField(
            model_name='file',
            name='latitude',
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name='file',
            name='longitude',
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='files_place_whole', violation_error_message='拍摄地点须同时有经度和纬度。'),
        ),
        migrations.RunSQL(
            f"GRANT UPDATE (latitude, longitude) ON files_file TO {WEB}",
            f"REVOKE UPDATE (latitude, longitude) ON files_file FROM {WEB}",
        ),
    ]
