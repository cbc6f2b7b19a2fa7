"""Addresses of policy papers."""

from django.urls import path

from zhitong.web.reader import acting, comparing, correcting, views

app_name = "reader"
urlpatterns = [
    path("", views.papers, name="list"),
    path("new/", acting.new, name="new"),
    path("comparisons/<uuid:comparison_id>/", comparing.comparison, name="comparison"),
    path("<uuid:paper_id>/", views.desk, name="desk"),
    path("<uuid:paper_id>/task/", correcting.task, name="task"),
    path("<uuid:paper_id>/task/strike/", correcting.strike_task, name="strike_task"),
    path("<uuid:paper_id>/indicator/", correcting.indicator, name="indicator"),
    path("<uuid:paper_id>/indicator/strike/", correcting.strike_indicator, name="strike_indicator"),
    path("<uuid:paper_id>/cases/", correcting.cases, name="cases"),
    path("<uuid:paper_id>/cases/<int:number>/restore/", correcting.put_back, name="restore"),
    path("<uuid:paper_id>/doubts/<slug:key>/", acting.doubt, name="doubt"),
    path("<uuid:paper_id>/names/", acting.names, name="names"),
    path("<uuid:paper_id>/publish/", acting.publish, name="publish"),
    path("<uuid:paper_id>/compare/", comparing.compare, name="compare"),
    path("<uuid:paper_id>/withdraw/", acting.take_back, name="withdraw"),
]
