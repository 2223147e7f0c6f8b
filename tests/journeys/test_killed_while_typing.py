"""The program is killed while someone types: at most two seconds of typing are lost. A real process, and the real SIGKILL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp import client
from fieldapp.usecases.children import ListFilter
from tests.support import typing_person
from tests.support.profiles import PASSPHRASE, a_seat

ROOT = Path(__file__).resolve().parents[2]
LETTERS_IN_TWO_SECONDS = 2_000 // typing_person.INTERVAL_MS


@pytest.mark.parametrize("letters", [60, 97])
def test_at_most_two_seconds_of_typing_are_lost(tmp_path: Path, letters: int) -> None:
    seat = a_seat(tmp_path, 3)
    opened = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    case_id = opened.children.page(ListFilter(), 0, 1)[0].case_id
    opened.close()
    command = [sys.executable, typing_person.__file__, str(seat.settings.data_dir), seat.profile.id, case_id]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as person:
        assert person.stdout is not None
        typed = 0
        for line in person.stdout:
            typed = int(line)
            if typed >= letters:
                break
        person.kill()
    assert typed >= letters
    again = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    kept = again.visits.draft(case_id).visit.note
    again.close()
    assert kept == "".join(str(number % 10) for number in range(1, len(kept) + 1))
    assert len(kept) >= typed - LETTERS_IN_TWO_SECONDS
