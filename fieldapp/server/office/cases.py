"""Children and cases: the list with its filters, one case with its history, and its photos."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.domain.care.consent import Consent, ConsentState, may_show_photos
from fieldapp.domain.care.referral import Referral
from fieldapp.domain.care.transfer import Transfer
from fieldapp.domain.child import Sex
from fieldapp.domain.states import COUNTED
from fieldapp.records.care import care_of
from fieldapp.records.reference import agencies, school_names
from fieldapp.reports.places import amphoe_codes, place_name
from fieldapp.server.assigning.of_case import teams_of_case
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing, papers
from fieldapp.server.cases.listing import SortBy
from fieldapp.server.cases.reading import read_case
from fieldapp.server.deciding import entries, wording
from fieldapp.server.office import tables
from fieldapp.server.office.case_address import PATH, kept, list_choices, wanted_by
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import picture
from fieldapp.server.photos.seeing import seen_by
from fieldapp.server.photos.store import photo_key

router = APIRouter(prefix="/cases")


@router.get("")
@page()
def cases(desk: Desk, part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    query = desk.query
    wanted = wanted_by(query, desk.connection, desk.district_id, desk.today)
    sort = SortBy(query["sort"]) if query.get("sort") in set(SortBy) else SortBy.NAME
    total = listing.count(desk.connection, desk.district_id, wanted)
    pager = tables.pager(PATH, kept(query), part, total)
    rows = listing.part(desk.connection, desk.district_id, wanted, sort, pager.offset, pager.size)
    desk.note(Action.VIEWED, "cases", {"cases": [row.case_id for row in rows]})
    return desk.show(
        "cases/list.html",
        rows=rows,
        pager=pager,
        given=kept(query),
        sort=sort,
        states=COUNTED,
        list_types=list_choices(),
        sexes=[Sex.MALE, Sex.FEMALE],
        amphoe=[(code, place_name(code)) for code in amphoe_codes()],
    )


@router.get("/{case_id}")
@page()
def case(desk: Desk, case_id: str) -> Response:
    found = read_case(desk.connection, desk.district_id, case_id, desk.today)
    desk.note(Action.VIEWED, found.child.id, {"cases": [case_id]})
    care = care_of(desk.connection, desk.district_id, [case_id])
    schools = school_names(
        desk.connection, desk.district_id, [transfer.to_school for transfer, _stood in care.of(Transfer) if transfer.to_school]
    )
    waiting = entries.of_case(desk.connection, desk.district_id, case_id, desk.hidden_from)
    return desk.show(
        "cases/case.html",
        teams=teams_of_case(desk.connection, desk.district_id, case_id),
        file=found,
        child=found.child,
        case=found.case,
        inbox=waiting,
        hidden_from=desk.hidden_from,
        care=care,
        receivers=schools | {one.id: one.name for one in agencies(desk.connection, desk.district_id)},
        referral=Referral,
        transfer=Transfer,
        wording=wording,
        signed=papers.of_case(desk.connection, desk.district_id, case_id),
        sees_sensitive=desk.sees_sensitive,
        photos_may_be_shown=may_show_photos((consent, ConsentState(stood.state)) for consent, stood in care.of(Consent)),
    )


@router.get("/{case_id}/photos/{sha256}")
@page()
def photo(desk: Desk, case_id: str, sha256: str) -> Response:
    media_type, shown_by = seen_by(desk.connection, desk.district_id, desk.caller, sha256)
    desk.note(Action.VIEWED, "photo", {"sha256": sha256, "cases": shown_by})
    return picture(desk.server.photos.get(photo_key(desk.district_id, sha256)), media_type)
