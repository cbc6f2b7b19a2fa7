"""Django's handle on the files room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files, their contents, and to what they are attached."""

    name = "zhitong.domain.files"
    label = "files"
