"""People at the office's pages: adding, changing, closing, and the slip with which someone sets their own password."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from fieldapp.domain.reference import Role
from fieldapp.server import tables
from fieldapp.server.people import codes
from fieldapp.server.people.tables import sign_in_code
from fieldapp.wire.connection import fingerprint, from_file
from tests.support.district import PASSWORD
from tests.support.office import OfficeVisitor

CODE = re.compile(r'class="code">([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<')
NEW = "รหัสผ่านของฉันเอง"


@pytest.fixture
def admin(office: OfficeVisitor) -> Iterator[OfficeVisitor]:
    office.district.add_person("admin", Role.ADMIN, "")
    visitor = OfficeVisitor(office.running)
    assert visitor.sign_in("admin").status_code == 200
    yield visitor
    visitor.http.close()


def added(admin: OfficeVisitor, **changes: str) -> tuple[int, str]:
    admin.get("/office/people/new")
    fields = {"account": "Kru.Mai", "name": "ครูใหม่ ใจดี", "role": "teacher", "school_code": "46030001", "expires_on": "", **changes}
    answer = admin.post("/office/people/new", **fields)
    return answer.status_code, answer.url.rpartition("/")[2]


def slip(admin: OfficeVisitor, *person_ids: str) -> list[str]:
    admin.get("/office/people")
    answer = admin.post("/office/people/slips", person=list(person_ids))
    assert answer.status_code == 200
    return CODE.findall(answer.text)


def welcome(office: OfficeVisitor, account: str, code: str, password: str = NEW, again: str | None = None) -> int:
    fields = {"account": account, "code": code, "password": password, "again": password if again is None else again}
    return office.http.post(f"{office.running.url}/office/welcome", data=fields).status_code


def noted(office: OfficeVisitor, action: str) -> list[str]:
    audit = tables.audit
    with office.district.engine.connect() as connection:
        return list(connection.scalars(select(audit.c.subject).where(audit.c.district_id == office.district.id, audit.c.action == action)))


def test_a_person_added_at_the_pages_sets_a_password_with_the_slip_and_signs_in_on_a_laptop(admin: OfficeVisitor) -> None:
    status, person_id = added(admin)
    assert status == 200
    assert admin.running.stranger().try_sign_in("kru.mai", "").status_code == 422
    assert admin.running.stranger().try_sign_in("kru.mai", PASSWORD).status_code == 401
    (code,) = slip(admin, person_id)
    assert welcome(admin, "kru.mai", code.lower().replace("-", " ")) == 200
    assert admin.running.stranger().sign_in("kru.mai", NEW).person_id == person_id
    assert (noted(admin, "account_added"), noted(admin, "code_made"), noted(admin, "password_set")) == ([person_id],) * 3


def test_a_code_is_good_once(admin: OfficeVisitor) -> None:
    _, person_id = added(admin)
    (code,) = slip(admin, person_id)
    assert welcome(admin, "kru.mai", code) == 200
    assert welcome(admin, "kru.mai", code, "รหัสผ่านของคนอื่น") == 401
    assert admin.running.stranger().try_sign_in("kru.mai", NEW).status_code == 200


def test_a_new_slip_makes_the_one_before_and_the_old_password_worthless(admin: OfficeVisitor) -> None:
    person = admin.district.add_person("somying")
    (first,) = slip(admin, person.id)
    (second,) = slip(admin, person.id)
    assert admin.running.stranger().try_sign_in("somying").status_code == 401
    assert welcome(admin, "somying", first) == 401
    assert welcome(admin, "somying", second) == 200


def test_a_laptop_that_was_signed_in_goes_on_when_its_person_gets_a_new_slip(admin: OfficeVisitor) -> None:
    person = admin.district.add_person("somying")
    laptop = admin.running.caller("somying")
    slip(admin, person.id)
    assert laptop.call("GET", "/pull?cursor=0").status_code == 200


def test_browsers_are_signed_out_when_their_person_gets_a_new_slip(admin: OfficeVisitor, office: OfficeVisitor) -> None:
    assert office.get("/office/people").url.endswith("/people")
    slip(admin, office.district.officer.id)
    assert "/office/sign-in" in office.get("/office/people").url


def test_a_code_runs_out_after_two_weeks(admin: OfficeVisitor) -> None:
    _, person_id = added(admin)
    with admin.district.engine.begin() as connection:
        long_ago = dt.datetime.now(dt.UTC) - codes.LASTS - dt.timedelta(minutes=1)
        made = codes.make(connection, admin.district.id, [person_id], person_id, long_ago)
    assert welcome(admin, "kru.mai", made[person_id]) == 401


def test_a_code_lies_nowhere_but_on_the_slip(admin: OfficeVisitor) -> None:
    _, person_id = added(admin)
    (code,) = slip(admin, person_id)
    with admin.district.engine.connect() as connection:
        kept = connection.execute(select(sign_in_code).where(sign_in_code.c.district_id == admin.district.id)).all()
    assert code not in str(kept)
    assert codes.normal(code) not in str(kept)


def test_guessing_codes_gets_slow(admin: OfficeVisitor) -> None:
    _, person_id = added(admin)
    (code,) = slip(admin, person_id)
    answers = [welcome(admin, "kru.mai", "AAAA-AAAA-AAAA") for _ in range(11)]
    assert answers[-1] == 429
    assert welcome(admin, "kru.mai", code) == 429


def test_two_passwords_that_differ_or_a_short_one_use_no_code_up(admin: OfficeVisitor) -> None:
    _, person_id = added(admin)
    (code,) = slip(admin, person_id)
    assert welcome(admin, "kru.mai", code, again="อีกคำหนึ่ง") == 422
    assert welcome(admin, "kru.mai", code, "สั้น") == 401
    assert welcome(admin, "kru.mai", code) == 200


@pytest.mark.parametrize(
    "changes",
    [{"account": "Officer"}, {"account": " "}, {"name": ""}, {"school_code": ""}, {"role": "king"}, {"expires_on": "1/1/2560"}],
)
def test_a_person_who_cannot_be_added_is_said_in_words_and_what_was_typed_stays(admin: OfficeVisitor, changes: dict[str, str]) -> None:
    admin.get("/office/people/new")
    fields = {"account": "Kru.Mai", "name": "ครูใหม่ ใจดี", "role": "teacher", "school_code": "46030001", "expires_on": "", **changes}
    answer = admin.post("/office/people/new", **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    if "name" not in changes:
        assert 'value="ครูใหม่ ใจดี"' in answer.text
    assert noted(admin, "account_added") == []


def test_an_officer_sees_the_people_and_may_change_none_of_them(office: OfficeVisitor) -> None:
    person = office.district.add_person("somying")
    page = office.get("/office/people")
    assert "somying" in page.text
    assert "/office/people/new" not in page.text
    assert office.get("/office/people/new").status_code == 403
    office.get(f"/office/people/{person.id}")
    for path in (f"/office/people/{person.id}", f"/office/people/{person.id}/close", f"/office/people/{person.id}/extend"):
        assert office.post(path, name="x", role="admin").status_code == 403
    assert office.post("/office/people/slips", person=person.id).status_code == 403


def test_a_new_role_gives_a_laptop_its_new_scope(admin: OfficeVisitor) -> None:
    person = admin.district.add_person("somying")
    admin.district.add_case(school_code="46030001")
    laptop = admin.running.caller("somying")
    before = laptop.pull()
    assert "case" not in {change.type for change in before.changes}
    admin.get(f"/office/people/{person.id}")
    admin.post(f"/office/people/{person.id}", version="1", name="ผอ.ใหม่", role="school_head", school_code="46030001")
    answer = laptop.call("GET", f"/pull?cursor={before.cursor}&mark={before.mark}")
    assert answer.json()["code"] == "pull.new_scope"
    assert "case" in {change.type for change in laptop.pull().changes}


def test_who_comes_second_is_told_and_passes_over_nobody(admin: OfficeVisitor) -> None:
    person = admin.district.add_person("somying")
    fields = {"version": "1", "role": "teacher", "school_code": "46030001"}
    admin.get(f"/office/people/{person.id}")
    assert admin.post(f"/office/people/{person.id}", name="ครูคนแรก", **fields).status_code == 200
    assert admin.post(f"/office/people/{person.id}", name="ครูคนที่สอง", **fields).status_code == 422
    assert "ครูคนแรก" in admin.get(f"/office/people/{person.id}").text


def test_an_administrator_stays_one_and_cannot_close_themselves(admin: OfficeVisitor) -> None:
    me = admin.district.people["admin"]
    admin.get(f"/office/people/{me.id}")
    assert admin.post(f"/office/people/{me.id}", version="1", name="ฉัน", role="teacher", school_code="46030001").status_code == 403
    assert admin.post(f"/office/people/{me.id}/close").status_code == 403
    assert admin.post("/office/people/slips", person=me.id).status_code == 422


def test_a_closed_account_is_refused_and_gets_no_slip(admin: OfficeVisitor) -> None:
    person = admin.district.add_person("somying")
    admin.get(f"/office/people/{person.id}")
    assert admin.post(f"/office/people/{person.id}/close").status_code == 200
    assert admin.running.stranger().try_sign_in("somying").json()["code"] == "sign_in.account_closed"
    assert slip(admin, person.id) == []


def test_an_expired_account_is_extended(admin: OfficeVisitor) -> None:
    person = admin.district.add_person("somying", expires_on=dt.date(2020, 1, 1))
    assert admin.running.stranger().try_sign_in("somying").json()["code"] == "sign_in.account_expired"
    admin.get(f"/office/people/{person.id}")
    admin.post(f"/office/people/{person.id}/extend", version="1", expires_on="31/12/2570")
    assert admin.running.stranger().try_sign_in("somying").status_code == 200


def test_people_are_found_by_name_role_and_what_is_missing(admin: OfficeVisitor) -> None:
    added(admin)
    admin.district.add_person("somying", Role.SCHOOL_HEAD)
    assert "ครูใหม่ ใจดี" not in admin.get("/office/people", role="school_head").text
    assert "somying" in admin.get("/office/people", q="SOMY").text
    only = admin.get("/office/people", state="no_password").text
    assert "ครูใหม่ ใจดี" in only
    assert "somying" not in only


def test_the_connection_file_leads_a_laptop_to_this_district_and_names_its_key(office: OfficeVisitor) -> None:
    answer = office.get("/office/people/connection")
    assert answer.headers["Content-Disposition"].endswith(f'"{office.district.id}.fieldapp"')
    found = from_file(answer.content)
    assert found is not None
    assert (found.address, found.account) == (office.running.url, "")
    hello = office.running.stranger().call("GET", "/hello").json()
    assert (found.district_name, found.key) == (hello["district_name"], fingerprint(hello["signing_key"]))


def test_a_code_that_was_used_is_told_from_one_that_is_wrong(admin: OfficeVisitor) -> None:
    _, person_id = added(admin)
    (code,) = slip(admin, person_id)
    assert welcome(admin, "kru.mai", code) == 200
    fields = {"account": "kru.mai", "code": code, "password": "รหัสผ่านของคนอื่น", "again": "รหัสผ่านของคนอื่น"}
    assert "ถูกใช้ไปแล้ว" in admin.http.post(f"{admin.running.url}/office/welcome", data=fields).text
