"""The line of a run that takes everything from a file: nothing goes over it, and whoever asks it anyway is offline."""

from typing import Never, cast

from fieldapp.errors import Offline
from fieldapp.sync.transport import Traffic, Transport


class _NoLine:
    traffic = Traffic()
    clock_offset = None

    def __getattr__(self, name: str) -> Never:
        raise Offline()


NO_LINE = cast(Transport, _NoLine())
