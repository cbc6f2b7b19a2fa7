"""Addresses of plans and their tasks; without a campaign it is the plan nearest to the viewer."""

from django.urls import path

from zhitong.web.plan import task, views

app_name = "plan"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("<slug:campaign>/", views.plan, name="of"),
    path("<slug:campaign>/<str:number>/", task.task, name="task"),
]
