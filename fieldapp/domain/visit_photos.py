"""Which photos a home visit wants (domain §4.1, §4.2): the house from outside (roof and walls of the whole house) and from inside (floor
and inside); in their place, where the house cannot be photographed, the child with the school's sign. Wanted, never required: a visit
is true without them."""

from collections.abc import Collection

from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import PhotosShow

_OF_THE_HOUSE = (PhotoKind.OUTSIDE, PhotoKind.INSIDE)
_IN_ITS_PLACE = (PhotoKind.CHILD_WITH_SCHOOL_SIGN,)


def missing(show: PhotosShow | None, taken: Collection[PhotoKind], *, refused: bool = False) -> tuple[PhotoKind, ...]:
    """What is still wanted beside the kinds that were taken, in the order of the form. Where the guardian said no to photos, only what was
    chosen all the same: the child with the school's sign."""
    wanted: tuple[PhotoKind, ...] = _OF_THE_HOUSE
    if show is PhotosShow.SCHOOL_SIGN:
        wanted = _IN_ITS_PLACE
    elif refused:
        wanted = ()
    return tuple(kind for kind in wanted if kind not in taken)
