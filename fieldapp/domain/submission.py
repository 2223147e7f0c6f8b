"""A submission: one filled copy of a form. An append-only fact; a correction is a new one that supersedes, and both are kept.

Its answers are the instance XML, as OpenRosa submits it: that is what is kept and signed. Everything else is read out of it again.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree import ElementTree

from fieldapp.domain.care.risk import RiskLevel
from fieldapp.domain.identifiers import CaseId, ChildId, PersonId, SubmissionId, VisitId

MAX_XML_CHARACTERS = 400_000
_DECLARES = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Submission:
    """`case_id` and `child_id` say whom it is about; of a form about a school they are None and `school_code` names the school.
    `household_id` is the same on the copies that the children of one house share. `xml` is the instance with `meta/instanceID`
    'uuid:' + id."""

    id: SubmissionId
    form_id: str
    form_version: str
    case_id: CaseId | None
    child_id: ChildId | None
    filled_on: dt.date
    by: PersonId
    xml: str
    school_code: str | None = None
    visit_id: VisitId | None = None
    household_id: str | None = None
    supersedes: SubmissionId | None = None
    # Codes of signs of harm among the answers (`HarmSign`, and others that a form names): somebody must look at once.
    urgent: tuple[str, ...] = ()
    # Reasons for which the child is at risk by these answers, each with how much.
    risks: Mapping[str, RiskLevel] = field(default_factory=dict)


class HarmSign(StrEnum):
    """Signs that must not wait for the next sync (Child Protection Act 2546, s.29); the forms' `bind::app:urgent` questions are named
    by them."""

    NO_CARER = "no_carer"
    ABUSED = "abused"
    SEXUALLY_ABUSED = "sexually_abused"
    SELF_HARM = "self_harm"


@dataclass(frozen=True, slots=True)
class SubmissionProblem:
    code: str
    field: str


def problems(submission: Submission, latest: dt.date) -> Iterator[SubmissionProblem]:
    """Why it cannot be kept; `latest` is the last day on which it can have been filled."""
    if not submission.form_id or not submission.form_version:
        yield SubmissionProblem("missing", "submission.form_id")
    if submission.filled_on > latest:
        yield SubmissionProblem("in_the_future", "submission.filled_on")
    if not (submission.case_id and submission.child_id) and not submission.school_code:
        yield SubmissionProblem("missing", "submission.case_id")
    if submission.supersedes == submission.id:
        yield SubmissionProblem("wrong_value", "submission.supersedes")
    if instance_id(submission.xml) != f"uuid:{submission.id}":
        yield SubmissionProblem("wrong_value", "submission.xml")
    if "" in submission.risks:
        yield SubmissionProblem("wrong_value", "submission.risks")


def instance_id(xml: str) -> str:
    """The text of `meta/instanceID`, whatever its namespace; '' where this is no instance."""
    if len(xml) > MAX_XML_CHARACTERS or _DECLARES.search(xml):
        return ""
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError:
        return ""
    for meta in root:
        if _local(meta) == "meta":
            return next((one.text or "" for one in meta if _local(one) == "instanceID"), "").strip()
    return ""


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
