"""The office changes a form in Excel, looks at it and publishes it; laptops get it, and old versions stay."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select, update

from fieldapp.cli import main
from fieldapp.domain.form import Form
from fieldapp.records import rows, tables
from fieldapp.server.forms import shipped
from fieldapp.server.forms.publishing import DAYS_KEPT
from fieldapp.server.forms.tables import form_upload
from tests.support.office import OfficeVisitor
from tests.support.xlsforms import changed, xlsform

NEXT = changed("settings", 2, "version", "2569.2", of=changed("survey", 2, "label::ไทย (th)", "ได้พบผู้ปกครองไหม"))
READS = changed("survey", 7, "calculation", "pulldata('schools', 'name', 'code', '46030001')")
SCHOOLS = ("schools.csv", "code,name\n46030001,บ้านนาคู\n".encode())


def upload(office: OfficeVisitor, data: bytes, *lists: tuple[str, bytes]):  # type: ignore[no-untyped-def]
    office.get("/office/forms")
    files = {"file": ("เยี่ยมบ้าน.xlsx", data), **({"lists": lists[0]} if lists else {})}
    return office.post("/office/forms", files=files)


def publish(office: OfficeVisitor, data: bytes):  # type: ignore[no-untyped-def]
    looked = upload(office, data)
    return office.post(f"{looked.url.removeprefix(office.running.url)}/publish")


def published(office: OfficeVisitor) -> list[Form]:
    with office.district.engine.connect() as connection:
        query = select(tables.form).where(tables.form.c.district_id == office.district.id).order_by(tables.form.c.published_at)
        return [rows.form_from(row) for row in connection.execute(query).mappings()]


def test_a_form_is_looked_at_and_then_published(office: OfficeVisitor) -> None:
    looked = upload(office, xlsform()).text
    assert "พบผู้ปกครองหรือไม่" in looked and "ลงประวัติเด็ก: เบอร์โทรผู้ปกครอง" in looked
    assert published(office) == []
    publish(office, xlsform())
    (form,) = published(office)
    assert (form.id, form.title, form.active) == ("home_visit@2569.1", "บันทึกการเยี่ยมบ้าน", True)


def test_a_changed_question_and_choice_are_a_new_version_beside_the_old(office: OfficeVisitor) -> None:
    publish(office, xlsform())
    publish(office, xlsform(NEXT))
    before, after = published(office)
    assert [(form.form_version, form.active, form.version) for form in (before, after)] == [("2569.1", False, 2), ("2569.2", True, 1)]
    assert ("พบผู้ปกครองหรือไม่" in before.xform, "ได้พบผู้ปกครองไหม" in after.xform) == (True, True)


def test_a_version_that_is_published_stays_what_it_is(office: OfficeVisitor) -> None:
    publish(office, xlsform())
    same = upload(office, xlsform()).text
    other = upload(office, xlsform(changed("survey", 2, "label::ไทย (th)", "พบใคร"))).text
    assert "2569.1" in same and "เผยแพร่แบบนี้" in same
    assert "เลขรุ่นใหม่" in other
    assert publish(office, xlsform(changed("survey", 2, "label::ไทย (th)", "พบใคร"))).status_code == 403
    assert len(published(office)) == 1


def test_two_who_publish_the_same_version_at_the_same_time_make_one(office: OfficeVisitor) -> None:
    first, second = (upload(office, xlsform()).url.removeprefix(office.running.url) for _ in range(2))
    office.post(f"{first}/publish")
    assert office.post(f"{second}/publish").status_code == 422
    assert len(published(office)) == 1


def test_a_form_with_faults_cannot_be_published_and_says_why(office: OfficeVisitor) -> None:
    looked = upload(office, xlsform(changed("survey", 3, "relevant", "${mett} = 'yes'")))
    assert "แผ่น survey แถว 3" in looked.text and "mett" in looked.text
    assert office.post(f"{looked.url.removeprefix(office.running.url)}/publish").status_code == 403
    assert published(office) == []


@pytest.mark.parametrize("data", [b"not a form", b"", xlsform({"survey": (("type",),)}), b"PK\x03\x04"])
def test_a_file_that_is_no_form_is_told_in_words(office: OfficeVisitor, data: bytes) -> None:
    assert "ยังเผยแพร่ไม่ได้" in upload(office, data).text


def test_a_list_comes_with_the_form_and_stays_for_the_next_version(office: OfficeVisitor) -> None:
    assert "schools.csv" in upload(office, xlsform(READS)).text
    looked = upload(office, xlsform(READS), SCHOOLS)
    office.post(f"{looked.url.removeprefix(office.running.url)}/publish")
    publish(office, xlsform(changed("settings", 2, "version", "2569.2", of=READS)))
    assert [dict(form.attachments) for form in published(office)] == [{"schools.csv": SCHOOLS[1].decode()}] * 2


def test_the_next_version_begins_with_the_spreadsheet_of_the_last(office: OfficeVisitor) -> None:
    data = xlsform()
    looked = upload(office, data)
    assert office.get(f"{looked.url.removeprefix(office.running.url)}/source").content == data


def test_an_upload_that_nobody_published_goes_after_some_days_and_what_was_published_stays(office: OfficeVisitor) -> None:
    publish(office, xlsform())
    (published_here,) = _uploads(office)
    old, young = (upload(office, xlsform(NEXT)).url.rpartition("/")[2] for _ in range(2))
    with office.district.engine.begin() as connection:
        for upload_id, days in ((published_here, DAYS_KEPT + 1), (old, DAYS_KEPT + 1), (young, DAYS_KEPT - 1)):
            then = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
            connection.execute(update(form_upload).where(form_upload.c.id == upload_id).values(uploaded_at=then))
    last = upload(office, xlsform(NEXT)).url.rpartition("/")[2]
    assert _uploads(office) == {published_here, young, last}
    assert office.get(f"/office/forms/{old}").status_code == 404


def _uploads(office: OfficeVisitor) -> set[str]:
    with office.district.engine.connect() as connection:
        return set(connection.scalars(select(form_upload.c.id).where(form_upload.c.district_id == office.district.id)))


def test_what_comes_with_the_program_is_offered_by_its_title(office: OfficeVisitor) -> None:
    page = office.get("/office/forms").text
    assert all(f"<button>{shipped.title(name)}</button>" in page for name in shipped.names())
    assert "แบบติดตามเด็กตกหล่นและออกกลางคัน" in page


def test_a_version_can_be_put_out_of_use_and_back(office: OfficeVisitor) -> None:
    publish(office, xlsform())
    office.post("/office/forms/use", form_id="home_visit", form_version="2569.1")
    assert [form.active for form in published(office)] == [False]
    office.post("/office/forms/use", form_id="home_visit", form_version="2569.1", active="yes")
    assert [(form.active, form.version) for form in published(office)] == [(True, 3)]


def test_what_comes_with_the_program_can_be_published(office: OfficeVisitor) -> None:
    for name in shipped.names():
        office.get("/office/forms")
        looked = office.post(f"/office/forms/shipped/{name}")
        assert office.post(f"{looked.url.removeprefix(office.running.url)}/publish").status_code == 200, name
    assert {form.form_id for form in published(office)} == set(shipped.names())


def test_the_command_line_names_the_faults_and_publishes_nothing(
    office: OfficeVisitor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform(changed("survey", 3, "relevant", "${mett} = 'yes'")))
    address = office.district.engine.url.render_as_string(hide_password=False)
    assert main(["office", "--database-url", address, "--district", office.district.id, "publish-form", str(path)]) != 0
    assert "แผ่น survey แถว 3" in capsys.readouterr().out
    assert published(office) == []
