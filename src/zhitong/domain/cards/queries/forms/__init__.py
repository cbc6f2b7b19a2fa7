"""What can be seen of templates: the register of all forms, one with its versions, drafts and what publishing costs."""

from zhitong.domain.cards.queries.forms.drafts import DraftLine, DraftView, Review, draft_seen, drafts_seen, review_of
from zhitong.domain.cards.queries.forms.one import FormView, UsedIn, form_seen
from zhitong.domain.cards.queries.forms.register import FormFilters, FormLine, count_of_forms, forms_page

__all__ = [
    "DraftLine", "DraftView", "FormFilters", "FormLine", "FormView", "Review", "UsedIn", "count_of_forms", "draft_seen",
    "drafts_seen", "form_seen", "forms_page", "review_of",
]
