"""Well-formed national IDs that belong to nobody: the registry office 4699 does not exist."""

from fieldapp.domain.national_id import check_digit


def an_id(number: int) -> str:
    twelve = f"14699{number:07d}"
    return twelve + str(check_digit(twelve))
