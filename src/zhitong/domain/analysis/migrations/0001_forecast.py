"""Forecasts as they were made; seen by officials of the region and of those above it, as its lights are."""

import django.db.models.deletion
from django.db import migrations, models

import zhitong.kit.ids
from zhitong.kit.wall import guard

WITHIN = """
    (SELECT organisations_viewer_reach()) IN ('subtree', 'line')
    AND analysis_forecast.region_id IN (SELECT within.region_id FROM organisations_region_within within
                                        WHERE within.ancestor_id = (SELECT organisations_viewer_region()))
"""


def number(digits: int = 24) -> models.DecimalField:
    """A figure with six places, or nothing."""
    return models.DecimalField(decimal_places=6, max_digits=digits, null=True)


class Migration(migrations.Migration):
    """The table of forecasts with its wall."""

    initial = True

    dependencies = [
        ("organisations", "0006_phone"),
        ("plans", "0011_general_tasks"),
        ("progress", "0006_withdrawn"),
    ]

    operations = [
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("is_newest", models.BooleanField(default=True)),
                ("grounds", models.CharField(max_length=32)),
                ("period", models.CharField(blank=True, max_length=12)),
                ("period_end", models.DateField(null=True)),
                ("actual", number()),
                ("expected", number()),
                ("in_shares", models.BooleanField(default=False)),
                ("prospect", models.CharField(
                    choices=[("misses", "预计达不到"), ("in_doubt", "存疑"), ("unknown", "无法预测"), ("reaches", "预计达到")],
                    max_length=24,
                )),
                ("unknown", models.CharField(
                    blank=True,
                    choices=[
                        ("no_figure", "还没有审核通过的数，报送、审核后才能预测"),
                        ("qualitative", "定性目标按阶段报告，没有可以推算的数"),
                        ("once", "到期一次完成，中间没有进度可以推算"),
                        ("no_milestones", "没有设定时间节点，排出时间表后才能推算"),
                        ("no_basis", "所依据的指标没有数据，无法推算"),
                    ],
                    max_length=24,
                )),
                ("severity", models.DecimalField(decimal_places=6, max_digits=8)),
                ("deadline", models.DateField()),
                ("goal", models.DecimalField(decimal_places=6, max_digits=24)),
                ("value", number()),
                ("low", number()),
                ("high", number()),
                ("chance", number(7)),
                ("steps", models.JSONField(default=list)),
                ("per_month", number()),
                ("best_month", number()),
                ("method", models.CharField(
                    blank=True,
                    choices=[
                        ("mean_pace", "全程平均进度"), ("recent_pace", "近期进度"), ("in_proportion", "按序时比例"),
                        ("same_gap", "差距不变"), ("damped_trend", "阻尼趋势"), ("last", "保持最近值"),
                        ("recent_median", "近三期中位数"), ("held_trend", "阻尼变动"), ("timetable", "按时间表推算"),
                    ],
                    max_length=24,
                )),
                ("tried", models.CharField(
                    blank=True,
                    choices=[
                        ("indicator", "本指标各地已报各期"), ("plan", "同类指标各地已报各期"), ("nothing", "期数太少，按通常误差"),
                    ],
                    max_length=24,
                )),
                ("trials", models.PositiveIntegerField(default=0)),
                ("mean_error", number(9)),
                ("said_before", models.JSONField(null=True)),
                ("indicator", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.indicator",
                )),
                ("region", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.region",
                )),
                ("target", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.target",
                )),
            ],
            options={
                "db_table": "analysis_forecast",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_newest", True)), fields=["region", "severity", "id"],
                        name="analysis_forecast_now",
                    ),
                    models.Index(fields=["region", "made_on"], name="analysis_forecast_region"),
                    models.Index(
                        condition=models.Q(("is_newest", True)), fields=["indicator", "region"], name="analysis_forecast_of",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("target", "made_on"), name="analysis_forecast_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_newest", True)), fields=("target",), name="analysis_forecast_newest",
                    ),
                ],
            },
        ),
        guard("analysis_forecast", seen=WITHIN),
    ]
