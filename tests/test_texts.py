"""Languages: one for the whole program, and another for one request of a server."""

import threading

from babel.messages.pofile import read_po

from fieldapp.config import resources_dir
from fieldapp.texts import _, language, speaking, use_language


def test_one_request_speaks_another_language_than_the_program() -> None:
    use_language("th")
    with speaking("en"):
        assert (language(), _("Returned")) == ("en", "Returned")
    assert language() == "th"
    assert _("Returned") != "Returned"


def test_a_request_does_not_change_what_another_thread_speaks() -> None:
    use_language("th")
    heard: list[str] = []
    with speaking("en"):
        thread = threading.Thread(target=lambda: heard.append(language()))
        thread.start()
        thread.join()
    assert heard == ["th"]


def test_an_unknown_language_means_thai() -> None:
    with speaking("xx"):
        assert language() == "th"


def test_every_thai_text_has_the_places_of_its_english_one() -> None:
    """What `pybabel compile`, and so `make`, refuses."""
    with (resources_dir() / "locale" / "th" / "LC_MESSAGES" / "fieldapp.po").open("rb") as source:
        catalogue = read_po(source)
    assert [(message.id, errors) for message, errors in catalogue.check()] == []
