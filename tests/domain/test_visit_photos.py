"""Which photos a home visit wants."""

from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import PhotosShow
from fieldapp.domain.visit_photos import missing

OUTSIDE, INSIDE, SIGN, OTHER = PhotoKind.OUTSIDE, PhotoKind.INSIDE, PhotoKind.CHILD_WITH_SCHOOL_SIGN, PhotoKind.OTHER


def test_a_visit_wants_the_house_from_outside_and_inside_whosever_it_is() -> None:
    for show in (None, PhotosShow.PARENTS_HOUSE, PhotosShow.OTHERS_HOUSE, PhotosShow.INSTITUTION):
        assert missing(show, ()) == (OUTSIDE, INSIDE)
        assert missing(show, (OTHER, OUTSIDE)) == (INSIDE,)
        assert missing(show, (INSIDE, OUTSIDE)) == ()


def test_where_the_house_could_not_be_photographed_the_child_with_the_sign_takes_its_place() -> None:
    assert missing(PhotosShow.SCHOOL_SIGN, ()) == (SIGN,)
    assert missing(PhotosShow.SCHOOL_SIGN, (SIGN,)) == ()
    assert missing(PhotosShow.SCHOOL_SIGN, (OUTSIDE,)) == (SIGN,)


def test_after_a_no_to_photos_none_is_wanted_but_the_one_chosen_all_the_same() -> None:
    assert missing(None, (), refused=True) == ()
    assert missing(PhotosShow.PARENTS_HOUSE, (), refused=True) == ()
    assert missing(PhotosShow.SCHOOL_SIGN, (), refused=True) == (SIGN,)
