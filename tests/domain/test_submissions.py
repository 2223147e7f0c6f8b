"""Filled copies of forms as facts: what is kept, and what cannot be one."""

import datetime as dt
from dataclasses import replace

import pytest

from fieldapp.domain.event import EventRefused
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import SubmissionRecorded
from fieldapp.domain.submission import MAX_XML_CHARACTERS, instance_id
from tests.support.records import TODAY, InMemoryRecords, a_child, a_submission, listed

AN_ID = "0190a000-0000-7000-8000-000000000001"


@pytest.fixture
def records() -> InMemoryRecords:
    return InMemoryRecords()


@pytest.fixture
def case_id(records: InMemoryRecords) -> str:
    case_id = new_id()
    records.do(listed(a_child()), case_id)
    return case_id


def test_a_filled_form_is_kept_as_it_is(records: InMemoryRecords, case_id: str) -> None:
    submission = a_submission(records.case(case_id))
    records.do(SubmissionRecorded(submission), submission.id)
    records.do(SubmissionRecorded(submission), submission.id)
    assert records.submission(submission.id) == submission


def test_a_correction_leaves_what_it_corrects(records: InMemoryRecords, case_id: str) -> None:
    first = a_submission(records.case(case_id))
    second = a_submission(records.case(case_id), supersedes=first.id)
    for submission in (first, second):
        records.do(SubmissionRecorded(submission), submission.id)
    assert (records.submission(first.id), records.submission(second.id)) == (first, second)


def test_a_form_about_a_school_needs_no_child(records: InMemoryRecords) -> None:
    submission = a_submission(None, school_code="46030001")
    records.do(SubmissionRecorded(submission), submission.id)
    assert records.submission(submission.id) == submission


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"filled_on": TODAY + dt.timedelta(days=3)}, "in_the_future", "submission.filled_on"),
        ({"form_version": ""}, "missing", "submission.form_id"),
        ({"child_id": AN_ID}, "mismatch", "record"),
        ({"case_id": AN_ID}, "unknown_record", "case_id"),
        ({"case_id": None, "child_id": None}, "missing", "submission.case_id"),
        ({"xml": "<data/>"}, "wrong_value", "submission.xml"),
    ],
)
def test_what_cannot_be_true_is_refused_by_its_field(
    records: InMemoryRecords, case_id: str, changes: dict[str, object], code: str, field: str
) -> None:
    submission = replace(a_submission(records.case(case_id)), **changes)
    with pytest.raises(EventRefused) as refused:
        records.do(SubmissionRecorded(submission), submission.id)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert records.submission(submission.id) is None


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<data",
        "<data><meta/></data>",
        "<!DOCTYPE data [<!ENTITY a 'b'>]><data><meta><instanceID>uuid:x</instanceID></meta></data>",
        f"<data>{'x' * MAX_XML_CHARACTERS}<meta><instanceID>uuid:x</instanceID></meta></data>",
        "<data>\x00<meta><instanceID>uuid:x</instanceID></meta></data>",
    ],
)
def test_what_is_no_instance_has_no_id(xml: str) -> None:
    assert instance_id(xml) == ""


def test_an_instance_names_itself_in_the_namespace_of_openrosa_too() -> None:
    meta = '<orx:meta xmlns:orx="http://openrosa.org/xforms"><orx:instanceID> uuid:x </orx:instanceID></orx:meta>'
    assert instance_id(f"<data>{meta}</data>") == "uuid:x"
