"""Laptops at the office's pages: whose they are, which are silent, taking one out of use."""

import datetime as dt

from sqlalchemy import update

from fieldapp.domain.reference import Role
from fieldapp.server import tables
from fieldapp.server.devices import listing
from fieldapp.server.devices.silent import LONG
from tests.support.office import OfficeVisitor


def admin_of(office: OfficeVisitor) -> OfficeVisitor:
    office.district.add_person("admin", Role.ADMIN, "")
    visitor = OfficeVisitor(office.running)
    visitor.sign_in("admin")
    return visitor


def quiet_for(office: OfficeVisitor, device_id: str, time: dt.timedelta) -> None:
    device = tables.device
    with office.district.engine.begin() as connection:
        mine = (device.c.district_id == office.district.id) & (device.c.id == device_id)
        connection.execute(update(device).where(mine).values(last_seen_at=dt.datetime.now(dt.UTC) - time))


def test_a_laptop_is_shown_with_everyone_who_signed_in_on_it(office: OfficeVisitor) -> None:
    first, second = office.district.add_person("somying"), office.district.add_person("somchai")
    laptop = office.running.caller("somying")
    office.running.caller("somchai", laptop.device_id)
    page = office.get("/office/devices").text
    assert first.name in page
    assert second.name in page
    assert "โน้ตบุ๊กทดสอบ" in page


def test_silent_laptops_are_on_top_and_revoked_ones_below(office: OfficeVisitor) -> None:
    office.district.add_person("somying")
    lively, silent, gone = (office.running.caller("somying").device_id for _ in range(3))
    quiet_for(office, silent, LONG + dt.timedelta(days=1))
    quiet_for(office, gone, LONG * 3)
    admin = admin_of(office)
    admin.get(f"/office/devices/{gone}/revoke")
    admin.post(f"/office/devices/{gone}/revoke")
    with office.district.engine.connect() as connection:
        found = listing.devices(connection, office.district.id, dt.datetime.now(dt.UTC))
    assert [one.id for one in found] == [silent, lively, gone]
    assert "เงียบ" in office.get("/office/devices").text


def test_a_laptop_taken_out_of_use_is_refused_at_its_next_contact(office: OfficeVisitor) -> None:
    office.district.add_person("somying")
    laptop = office.running.caller("somying")
    admin = admin_of(office)
    asked = admin.get(f"/office/devices/{laptop.device_id}/revoke")
    assert asked.status_code == 200
    assert laptop.call("GET", "/pull?cursor=0").status_code == 200
    admin.post(f"/office/devices/{laptop.device_id}/revoke")
    assert laptop.call("GET", "/pull?cursor=0").json()["code"] == "sign_in.device_revoked"


def test_an_officer_sees_the_laptops_and_takes_none_out_of_use(office: OfficeVisitor) -> None:
    office.district.add_person("somying")
    laptop = office.running.caller("somying")
    office.get("/office/people")
    assert office.post(f"/office/devices/{laptop.device_id}/revoke").status_code == 403
    assert office.get("/office/devices/unknown/revoke").status_code == 403
