"""The kinds of notices that came with new rooms, and room for the number of a paper."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_wall'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('came_from_below', '下级提请协调，现抄告本办公室'), ('answered', '已有答复，请确认是否满意'), ('asked_more', '需要补正，请补充后再次提交'), ('declined', '未予受理，理由和正确渠道见详情'), ('given_back', '上级已退回，请继续办理'), ('to_pass_down', '上级已答复，请在一个工作日内告知下级'), ('dissatisfied', '企业不满意，已进入复核'), ('sealed_came', '密封件待签收'), ('sealed_supplied', '投诉人已补充，请继续办理'), ('sealed_taken', '投诉已签收'), ('sealed_asked', '受理机构请您补充情况'), ('sealed_referred', '投诉已移送，去向见详情'), ('sealed_notified', '投诉有了结果，见详情'), ('reminded', '上级催办，请尽快办理'), ('reminded_by_reporter', '企业催办，请尽快办理并答复'), ('supervised', '已下发本单位，请按期反馈'), ('paper_answered', '被督办单位已反馈，请审核'), ('paper_returned', '反馈已退回，请按要求重报'), ('paper_accepted', '督办已办结'), ('instructed', '领导批示交本单位办理，请按期报办理情况')], max_length=24),
        ),
        migrations.AlterField(
            model_name='notice',
            name='thing_number',
            field=models.CharField(max_length=100),
        ),
    ]
