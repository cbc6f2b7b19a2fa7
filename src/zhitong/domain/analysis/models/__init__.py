"""What the room keeps: the views people save."""

from zhitong.domain.analysis.models.view import SavedView as SavedView
