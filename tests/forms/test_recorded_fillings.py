"""Forms are filled as ODK Collect fills them, told by what its engine said when it was asked: no Java is needed here."""

from tests.support.record_fillings import recorded
from tests.support.replays import Tally, compare


def test_every_state_of_the_recorded_walks_is_javarosas() -> None:
    tally = Tally()
    for form, steps, told in recorded():
        compare(told, form, steps, tally)
    assert len(tally.forms) > 40
    assert tally.total["relevance"] > 10_000
    assert not tally.examples, tally.report()
