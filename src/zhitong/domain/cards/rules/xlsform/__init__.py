"""XLSForm (xlsform.org) read into a template: what is understood becomes fields, what is not is said row by row.

Sheets survey, choices and settings; the words of its columns are those of the standard. Nothing is dropped silently.
"""

from zhitong.domain.cards.rules.xlsform.reading import Understood, understood
from zhitong.domain.cards.rules.xlsform.sheets import Finding, Form, Line, NoForm, form_of

__all__ = ["Finding", "Form", "Line", "NoForm", "Understood", "form_of", "understood"]
