"""The shell as a Django application: its templates, static files and template tags."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "zhitong.web.shell"
    label = "shell"
