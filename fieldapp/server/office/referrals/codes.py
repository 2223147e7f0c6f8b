"""The codes at the foot of a letter that the office prints: the same as a laptop's, so that a laptop takes the signed sheet in."""

from dataclasses import dataclass

import segno
from sqlalchemy import Connection

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.paper_code import Stamp
from fieldapp.reports.paper_versions import says_now


@dataclass(frozen=True, slots=True)
class DrawnCode:
    """`image` is a data URI with four points of white around the code; `text` is for people."""

    image: str
    text: str


def drawn(connection: Connection, district_id: str, of_kind: PaperOf, of: str) -> DrawnCode | None:
    """At the end of the paper, where it is signed. None where the record is not there."""
    says = says_now(connection, district_id, of_kind, of)
    if says is None:
        return None
    code = Stamp(district_id, of, says.version).code(of_kind, 1, 1)
    image: str = segno.make(code.text, error="h", micro=False, boost_error=False).svg_data_uri(border=4)
    return DrawnCode(image, code.printed)
