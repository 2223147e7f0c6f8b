"""A photo belongs to a visit or to a filled form, and an answer names it by its bytes."""

from dataclasses import replace
from typing import Any

import pytest

from fieldapp.domain.case import Case
from fieldapp.domain.events import EventRefused
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import PhotoAdded, SubmissionRecorded
from fieldapp.domain.photo import Photo, PhotoKind, file_name, hashes_named_in, naming_only
from fieldapp.domain.submission import Submission
from tests.support.records import InMemoryRecords, a_child, a_submission, listed

PHOTO = Photo(new_id(), None, new_id(), "0" * 64, 1000, "image/jpeg", 10, 10, PhotoKind.OTHER)


@pytest.fixture
def scene() -> tuple[InMemoryRecords, Submission]:
    records = InMemoryRecords()
    case_id = new_id()
    records.do(listed(a_child()), case_id)
    case = records.case(case_id)
    assert isinstance(case, Case)
    submission = a_submission(case)
    records.do(SubmissionRecorded(submission), submission.id)
    return records, submission


def a_photo(submission: Submission, **values: Any) -> Photo:
    return replace(PHOTO, id=new_id(), **{"case_id": submission.case_id, "submission_id": submission.id, **values})


def test_a_photo_of_a_form_is_kept_beside_it(scene: tuple[InMemoryRecords, Submission]) -> None:
    records, submission = scene
    photo = a_photo(submission)
    records.do(PhotoAdded(photo), photo.id)
    assert records.photo(photo.id) == photo
    assert photo.belongs_to == submission.id


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"submission_id": None}, "wrong_value", "photo.visit_id"),
        ({"visit_id": new_id()}, "wrong_value", "photo.visit_id"),
        ({"submission_id": new_id()}, "unknown_record", "submission_id"),
        ({"case_id": new_id()}, "mismatch", "record"),
    ],
)
def test_a_photo_of_nothing_of_both_or_of_another_case_is_refused(
    scene: tuple[InMemoryRecords, Submission], values: dict[str, Any], code: str, field: str
) -> None:
    records, submission = scene
    photo = a_photo(submission, **values)
    with pytest.raises(EventRefused) as refused:
        records.do(PhotoAdded(photo), photo.id)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_an_answer_names_its_picture_by_its_bytes() -> None:
    one, two = replace(PHOTO, sha256="a" * 64), replace(PHOTO, sha256="b" * 64, media_type="image/png")
    xml = f"<data><out>{file_name(one)}</out><sign>{file_name(two)}</sign><word>{'c' * 64}</word></data>"
    assert hashes_named_in(xml) == {"a" * 64, "b" * 64}
    assert naming_only(xml, {"b" * 64}) == f"<data><out></out><sign>{'b' * 64}.png</sign><word>{'c' * 64}</word></data>"
