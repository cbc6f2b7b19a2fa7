"""Files, their contents and attachments."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Content',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('body', models.BinaryField()),
                ('small', models.BinaryField(null=True)),
            ],
            options={
                'db_table': 'files_content',
            },
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=130)),
                ('format', models.CharField(choices=[('jpeg', 'JPG照片'), ('png', 'PNG图片'), ('webp', 'WebP图片'), ('mp3', 'MP3录音'), ('m4a', 'M4A录音'), ('aac', 'AAC录音'), ('amr', 'AMR录音'), ('wav', 'WAV录音'), ('ogg', 'OGG录音'), ('pdf', 'PDF文档'), ('docx', 'Word文档'), ('xlsx', 'Excel表格'), ('text', '文本')], max_length=24)),
                ('size', models.PositiveIntegerField()),
                ('seconds', models.PositiveIntegerField(null=True)),
                ('uploader_person_id', models.UUIDField(null=True)),
                ('uploader_unit_id', models.UUIDField(null=True)),
                ('via', models.CharField(max_length=24)),
                ('uploaded_at', models.DateTimeField()),
                ('attached_at', models.DateTimeField(null=True)),
                ('content', models.ForeignKey(db_column='digest', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.content')),
            ],
            options={
                'db_table': 'files_file',
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='attachment', serialize=False, to='files.file')),
                ('thing_kind', models.CharField(max_length=24)),
                ('thing_id', models.UUIDField()),
                ('position', models.PositiveSmallIntegerField()),
                ('caption', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'db_table': 'files_attachment',
                'constraints': [models.UniqueConstraint(fields=('thing_id', 'thing_kind', 'position'), name='files_one_at_a_place'), models.CheckConstraint(condition=models.Q(('position__lt', 9)), name='files_few_at_a_thing', violation_error_message='一件事最多附9个文件。')],
            },
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(condition=models.Q(('attached_at__isnull', True)), fields=['uploader_unit_id', 'uploaded_at'], name='files_unattached'),
        ),
    ]
