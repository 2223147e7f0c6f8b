"""For which team the assignments of a case were made."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from fieldapp.server.assigning.tables import assignment_team as _of_team
from fieldapp.server.teams.tables import team as _team


def teams_of_case(connection: Connection, district_id: str, case_id: str) -> Mapping[str, str]:
    """The team's name by the event of the assignment; an assignment to a person or school alone is not among them."""
    query = (
        select(_of_team.c.event_id, _team.c.name)
        .join(_team, (_team.c.district_id == district_id) & (_team.c.id == _of_team.c.team_id))
        .where(_of_team.c.district_id == district_id, _of_team.c.case_id == case_id)
    )
    return dict(tuple(row) for row in connection.execute(query))
