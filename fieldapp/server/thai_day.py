"""Which day it is in Thailand: assignments and the end of accounts are reckoned by it, wherever the server stands."""

import datetime as dt

_THAILAND = dt.timezone(dt.timedelta(hours=7))


def thai_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(_THAILAND).date()
