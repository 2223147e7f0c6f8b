"""Forms as data: ODK XForms read, filled and finished. Pure standard library; must not know windows, servers or spreadsheets.

`evaluate` works out one expression, `FormDefinition.from_xml` reads a form, `Session` fills one in; `Session.from_xml` goes on with a
draft.
"""

from fieldapp.forms.evaluating import evaluate
from fieldapp.forms.filling.changes import ChangeSet
from fieldapp.forms.filling.session import Session
from fieldapp.forms.filling.words import Option
from fieldapp.forms.problems import FormError, FormRefused, Problem
from fieldapp.forms.xform.reader import FormDefinition

__all__ = ["ChangeSet", "FormDefinition", "FormError", "FormRefused", "Option", "Problem", "Session", "evaluate"]
