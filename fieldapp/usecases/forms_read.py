"""Published forms as the engine reads them."""

from fieldapp.domain.form import Form
from fieldapp.forms import FormDefinition


def read_form(form: Form) -> FormDefinition:
    """Published forms are sound: what raises here is a form of a newer program."""
    return FormDefinition.from_xml(form.xform, {name: text.encode() for name, text in form.attachments.items()})
