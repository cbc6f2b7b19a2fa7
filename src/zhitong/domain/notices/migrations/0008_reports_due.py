"""The kind of notice that reports are soon due."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0007_kinds_of_the_plan'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('came_from_below', '下级提请协调，现抄告本办公室'), ('answered', '已有答复，请确认是否满意'), ('asked_more', '需要补正，请补充后再次提交'), ('declined', '未予受理，理由和正确渠道见详情'), ('given_back', '上级已退回，请继续办理'), ('to_pass_down', '上级已答复，请在一个工作日内告知下级'), ('to_decide', '有一份申请等本办审批'), ('decided', '您提出的申请已有审批结果'), ('stood_still', '已暂停办理或挂账，原因和恢复日期见详情'), ('goes_on', '已恢复办理，现行时限见详情'), ('withdrawn', '企业已撤回，不再办理'), ('dissatisfied', '企业不满意，已进入复核'), ('sealed_came', '密封件待签收'), ('sealed_supplied', '投诉人已补充，请继续办理'), ('sealed_taken', '投诉已签收'), ('sealed_asked', '受理机构请您补充情况'), ('sealed_referred', '投诉已移送，去向见详情'), ('sealed_notified', '投诉有了结果，见详情'), ('reminded', '上级催办，请尽快办理'), ('reminded_by_reporter', '企业催办，请尽快办理并答复'), ('supervised', '已下发本单位，请按期反馈'), ('paper_answered', '被督办单位已反馈，请审核'), ('paper_returned', '反馈已退回，请按要求重报'), ('paper_accepted', '督办已办结'), ('instructed', '领导批示交本单位办理，请按期报办理情况'), ('merged', '已并入您先前反映的同一问题，答复时一并告知'), ('split', '含有多个事项，已拆分，各事项分别办理'), ('corrected', '登记的性质、类别或紧急程度已更正'), ('objected', '企业对不予受理提出异议，请复核'), ('accepted_after_all', '上级责令受理，请受理后交办'), ('objection_granted', '您的异议成立，已经受理'), ('decline_upheld', '经复核维持不予受理，理由见详情'), ('decline_wanting', '上级抽查认为不予受理不妥，请查看意见'), ('advised', '上级已提出意见，请按意见继续办理'), ('share_given', '统筹协调分给本单位一项任务，请按时反馈'), ('taken_over', '上级已提级办理，本级仍需告知企业'), ('look_in', '企业请本办公室过问，请查看后答复'), ('looked_in', '上级已答复您的过问请求'), ('reopened', '已凭新的事实重新受理'), ('contact_voided', '企业反映没有联系过，请重新联系并登记'), ('contacted', '承办单位已重新登记联系情况，请看是否属实'), ('found_wanting', '核查与答复不一致，请重新办理'), ('closed_unrated', '您未评价，经核查已销号'), ('outcome_doubted', '上级抽查认为办结结果不实，请核对'), ('called_back', '交叉回访已登记结果'), ('offered', '其他单位商议移交本单位，请答复是否接收'), ('turned_down', '对方未接收移交，请继续办理'), ('taken_by_other', '已由对方接收，由其继续办理'), ('part_asked', '请本单位协办，请按时反馈'), ('consulted', '商请本单位协助，请在建议时间内答复'), ('part_answered', '协办单位已反馈'), ('common_joined', '已纳入共性问题，由牵头单位统一研究解决'), ('common_lead', '共性问题由本单位牵头研究解决'), ('common_answered', '所属共性问题已有统一答复，可以采用'), ('common_taken_out', '已从共性问题中移出，单独办理'), ('replied', '有新的办理进展，见详情'), ('kept', '活动办公室未同意上报，请继续办理'), ('handled_anew', '经复核重新交办，由承办单位再次办理'), ('ended', '已依规终结，理由见详情'), ('visited', '已登记，请确认是不是来过'), ('visit_denied', '企业反映没有来过，请核对'), ('joint_visit', '又有单位参加，请一起去、一次说完'), ('card_missing', '还没有报送，请尽快填报'), ('card_firms_missing', '有企业还没有报送，请联系企业填报'), ('card_filled_for', '已有单位代您填报，请确认内容或提出异议'), ('card_disputed', '企业对代填内容有异议，请核对后重填'), ('excuse_to_decide', '有未报原因等本办审批'), ('excuse_decided', '登记的未报原因已有审批结果'), ('correction_to_decide', '有更正申请等本办审批'), ('correction_decided', '您的更正申请已有审批结果'), ('curve_to_decide', '下级提出进度曲线，请认可或退回'), ('curve_decided', '提出的进度曲线已有答复'), ('amendment_to_decide', '提请批准调整，请审核'), ('amendment_refused', '调整未获批准，理由见详情'), ('plan_amended', '目标任务已调整，请按通知执行'), ('shares_issued', '已由上级分解下达，请接收或请求调整'), ('share_asked', '下级请求调整分解的目标，请答复'), ('share_answered', '请求调整的目标已有答复，请接收'), ('milestone_due', '节点临近到期，请按时完成或说明情况'), ('extra_proposed', '新的民生微实事申报，请评议'), ('extra_listed', '已列入民生微实事清单'), ('extra_lead', '列入清单，由本单位牵头办理'), ('extra_turned_down', '未列入清单，理由见详情'), ('reports_due', '即将到期，请按时报送'), ('reports_missing', '还没有报送，请尽快填报'), ('units_missing', '有单位还没有报送，请督促'), ('report_returned', '已退回，请按原因修改重报'), ('report_taken_over', '原填报单位已撤并，由本单位承接报送'), ('figure_to_correct', '有一个数申请更正，请决定'), ('figure_corrected', '申请更正的数已有决定')], max_length=24),
        ),
    ]
