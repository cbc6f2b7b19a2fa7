"""Problems that come out of progress reports, seen with the problem."""

import django.db.models.deletion
import zhitong.kit.ids
from django.db import migrations, models

from zhitong.kit.wall import guard


class Migration(migrations.Migration):

    dependencies = [
        ('problems', '0015_precheck'),
        ('progress', '0004_reporting'),
    ]

    operations = [
        migrations.AlterField(
            model_name='problem',
            name='source',
            field=models.CharField(choices=[('card', '反馈卡'), ('report', '我要反映问题'), ('visit', '走访'), ('symposium', '座谈会'), ('screening', '问题大排查'), ('call', '来电'), ('wechat', '微信'), ('walk_in', '来访'), ('hotline', '热线转办'), ('deputy', '代表委员建议'), ('instruction', '领导批示'), ('progress', '目标任务报告'), ('api', '其他系统')], max_length=24),
        ),
        migrations.CreateModel(
            name='Reported',
            fields=[
                ('id', models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('problem', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reported', to='problems.problem')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='progress.report')),
            ],
            options={
                'db_table': 'problems_reported',
            },
        ),
        guard(
            "problems_reported",
            seen="EXISTS (SELECT 1 FROM problems_problem problem WHERE problem.id = problems_reported.problem_id)",
        ),
    ]
