"""Papers of meetings among the kinds of papers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bulletins', '0003_templates'),
    ]

    operations = [
        migrations.AlterField(
            model_name='edition',
            name='kind',
            field=models.CharField(choices=[('order', '交办单'), ('unsigned', '未签收超期名单'), ('owing', '未办结问题一览'), ('ledger', '问题台账'), ('meeting', '调度会材料'), ('circular', '情况通报'), ('collection', '采集情况表'), ('progress', '平台和民心工程进展表'), ('brief', '简报'), ('supervision', '督办通知单'), ('help', '提请协调函'), ('consultation', '商请函'), ('answer', '答复意见'), ('extension', '延期审批单'), ('striking_off', '销号审批表'), ('instructions', '领导批示办理情况专报'), ('file', '迎检档案'), ('correction', '更正函'), ('summons', '会议通知'), ('minutes', '会议纪要'), ('decisions', '决定事项清单')], max_length=24),
        ),
        migrations.AlterField(
            model_name='papernumber',
            name='kind',
            field=models.CharField(choices=[('order', '交办单'), ('unsigned', '未签收超期名单'), ('owing', '未办结问题一览'), ('ledger', '问题台账'), ('meeting', '调度会材料'), ('circular', '情况通报'), ('collection', '采集情况表'), ('progress', '平台和民心工程进展表'), ('brief', '简报'), ('supervision', '督办通知单'), ('help', '提请协调函'), ('consultation', '商请函'), ('answer', '答复意见'), ('extension', '延期审批单'), ('striking_off', '销号审批表'), ('instructions', '领导批示办理情况专报'), ('file', '迎检档案'), ('correction', '更正函'), ('summons', '会议通知'), ('minutes', '会议纪要'), ('decisions', '决定事项清单')], max_length=24),
        ),
        migrations.AlterField(
            model_name='papertemplate',
            name='kind',
            field=models.CharField(choices=[('order', '交办单'), ('unsigned', '未签收超期名单'), ('owing', '未办结问题一览'), ('ledger', '问题台账'), ('meeting', '调度会材料'), ('circular', '情况通报'), ('collection', '采集情况表'), ('progress', '平台和民心工程进展表'), ('brief', '简报'), ('supervision', '督办通知单'), ('help', '提请协调函'), ('consultation', '商请函'), ('answer', '答复意见'), ('extension', '延期审批单'), ('striking_off', '销号审批表'), ('instructions', '领导批示办理情况专报'), ('file', '迎检档案'), ('correction', '更正函'), ('summons', '会议通知'), ('minutes', '会议纪要'), ('decisions', '决定事项清单')], max_length=24),
        ),
        migrations.AlterField(
            model_name='series',
            name='kind',
            field=models.CharField(choices=[('order', '交办单'), ('unsigned', '未签收超期名单'), ('owing', '未办结问题一览'), ('ledger', '问题台账'), ('meeting', '调度会材料'), ('circular', '情况通报'), ('collection', '采集情况表'), ('progress', '平台和民心工程进展表'), ('brief', '简报'), ('supervision', '督办通知单'), ('help', '提请协调函'), ('consultation', '商请函'), ('answer', '答复意见'), ('extension', '延期审批单'), ('striking_off', '销号审批表'), ('instructions', '领导批示办理情况专报'), ('file', '迎检档案'), ('correction', '更正函'), ('summons', '会议通知'), ('minutes', '会议纪要'), ('decisions', '决定事项清单')], max_length=24),
        ),
    ]
