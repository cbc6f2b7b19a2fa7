"""Lists of units come in as every other table does."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0004_sizes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='mappingkept',
            name='kind',
            field=models.CharField(choices=[('subjects', '服务对象'), ('care', '分包帮扶'), ('cards', '填报卡片'), ('ledger', '历史台账'), ('units', '单位名单'), ('people', '单位人员')], max_length=24),
        ),
        migrations.AlterField(
            model_name='upload',
            name='kind',
            field=models.CharField(choices=[('subjects', '服务对象'), ('care', '分包帮扶'), ('cards', '填报卡片'), ('ledger', '历史台账'), ('units', '单位名单'), ('people', '单位人员')], max_length=24),
        ),
    ]
