"""Whether a text that is to be shared names a child of the district. Finds whole names only; a nickname or an address it cannot know."""

from sqlalchemy import Connection, func, literal, select

from fieldapp.records import tables

_child = tables.child


def names_a_child(connection: Connection, district_id: str, text: str) -> bool:
    """A first and a family name together, whatever spaces stand between them."""
    whole = func.replace(_child.c.given_name + _child.c.family_name, " ", "")
    query = select(
        select(_child.c.id)
        .where(
            _child.c.district_id == district_id,
            _child.c.given_name != "",
            _child.c.family_name != "",
            func.strpos(literal("".join(text.split())), whole) > 0,
        )
        .exists()
    )
    return bool(connection.execute(query).scalar_one())
