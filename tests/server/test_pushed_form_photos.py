"""A photo of a filled form before the district: it goes where its form goes, however late it comes."""

import datetime as dt
from dataclasses import replace

from fieldapp.domain.identifiers import CaseId, PhotoId, SubmissionId, new_id
from fieldapp.domain.payloads import PhotoAdded, SubmissionRecorded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.submission import Submission
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.deciding import deciding, entries
from fieldapp.server.deciding.entries import Wanted
from fieldapp.wire.messages import Status
from tests.support.district import VISITED_ON, make_event
from tests.support.district_server import Running
from tests.support.records import a_submission


def a_form(running: Running, case_id: CaseId) -> Submission:
    with running.district.engine.connect() as connection:
        case = SqlRecords(connection, running.district.id).case(case_id)
    return a_submission(case, by=running.district.people["teacher"].id, filled_on=VISITED_ON)


def a_photo(submission: Submission) -> Photo:
    photo = Photo(PhotoId(new_id()), None, submission.case_id, "a" * 64, 1_000, "image/jpeg", 800, 600, PhotoKind.OTHER)
    return replace(photo, submission_id=submission.id)


def recorded(running: Running, photo: Photo) -> Photo | None:
    with running.district.engine.connect() as connection:
        return SqlRecords(connection, running.district.id).photo(photo.id)


def test_a_photo_that_comes_after_its_form_was_held_waits_with_it(running: Running) -> None:
    teacher, other = running.district.add_person("teacher"), running.district.add_person("other")
    caller = running.caller("teacher")
    case_id = running.district.add_case(teacher)
    submission = a_form(running, case_id)
    running.district.assign(case_id, other)
    (answer,) = caller.push(make_event(SubmissionRecorded(submission), submission.id, teacher.id))
    assert answer.status is Status.HELD
    # The child is the teacher's again, so that the photo alone could be taken; without its form it would mean nothing.
    running.district.assign(case_id, teacher)
    photo = a_photo(submission)
    (answer,) = caller.push(make_event(PhotoAdded(photo), photo.id, teacher.id))
    assert (answer.status, recorded(running, photo)) == (Status.HELD, None)
    with running.district.engine.begin() as connection:
        (entry,) = entries.read(connection, running.district.id, Wanted(decided=False))
        assert (entry.record_id, entry.photos) == (submission.id, 1)
        how = {"take": True, "note": "", "case_id": "", "by": running.district.officer.id, "now": dt.datetime.now(dt.UTC)}
        deciding.decide_held(connection, running.district.id, entry.id, **how)
    assert recorded(running, photo) == photo


def test_a_held_form_that_is_taken_for_another_case_takes_its_photo_along(running: Running) -> None:
    teacher, other = running.district.add_person("teacher"), running.district.add_person("other")
    caller = running.caller("teacher")
    case_id, elsewhere = running.district.add_case(teacher), running.district.add_case(other)
    submission = a_form(running, case_id)
    photo = a_photo(submission)
    running.district.assign(case_id, other)
    caller.push(make_event(SubmissionRecorded(submission), submission.id, teacher.id), make_event(PhotoAdded(photo), photo.id, teacher.id))
    with running.district.engine.begin() as connection:
        (entry,) = entries.read(connection, running.district.id, Wanted(decided=False))
        how = {"take": True, "note": "", "case_id": elsewhere, "by": running.district.officer.id, "now": dt.datetime.now(dt.UTC)}
        deciding.decide_held(connection, running.district.id, entry.id, **how)
    assert recorded(running, photo) == replace(photo, case_id=elsewhere)


def test_a_photo_of_nobodys_form_is_refused(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    caller = running.caller("teacher")
    submission = a_form(running, running.district.add_case(teacher))
    of_a_case, of_a_school = a_photo(submission), replace(a_photo(submission), case_id=None)
    of_neither = replace(a_photo(submission), submission_id=SubmissionId(""))
    answers = caller.push(*(make_event(PhotoAdded(photo), photo.id, teacher.id) for photo in (of_a_case, of_a_school, of_neither)))
    assert [(answer.code, answer.field) for answer in answers] == [
        ("unknown_record", "submission_id"),
        ("unknown_record", "submission_id"),
        ("wrong_value", "photo.visit_id"),
    ]


def test_a_photo_of_a_schools_form_is_taken_from_its_people_alone(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    stranger = running.district.add_person("other", school_code="46039999")
    submission = a_submission(None, by=teacher.id, filled_on=VISITED_ON, school_code=teacher.school_code)
    running.caller("teacher").push(make_event(SubmissionRecorded(submission), submission.id, teacher.id))
    wrong, right = a_photo(submission), a_photo(submission)
    (refused,) = running.caller("other").push(make_event(PhotoAdded(wrong), wrong.id, stranger.id))
    (taken,) = running.caller("teacher").push(make_event(PhotoAdded(right), right.id, teacher.id))
    assert (refused.code, refused.field, taken.status) == ("not_yours", "submission.school_code", Status.ACCEPTED)
