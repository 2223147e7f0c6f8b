"""A form: one version of an instrument of the district, as an ODK XForm. The office publishes it; laptops get it and fill copies of it.

A version never changes once it is published: answers given on it must be readable for ever.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FormAbout(StrEnum):
    """Whom one filled copy is about."""

    CHILD = "child"
    # One copy of the answers for each child of the house; given once.
    HOUSEHOLD = "household"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Form:
    """`form_id` and `form_version` are those of the XLSForm's settings. `xform` is the ODK XForm as it was published, `sha256` (hex) of its
    UTF-8 bytes; `attachments` are the lists that it reads, CSV text by file name. `active`: new copies are begun on it; of the versions
    of one form at most one is."""

    form_id: str
    form_version: str
    title: str
    about: FormAbout
    xform: str
    sha256: str
    published_at: dt.datetime
    attachments: Mapping[str, str] = field(default_factory=dict)
    position: int = 0
    active: bool = True
    version: int = 1

    @property
    def id(self) -> str:
        return form_key(self.form_id, self.form_version)


def form_key(form_id: str, form_version: str) -> str:
    """The id of a version. An XLSForm's form_id has no '@' in it: it is a word of an XML name."""
    return f"{form_id}@{form_version}"
