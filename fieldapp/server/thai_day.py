"""Which day it is in Thailand: assignments and the end of accounts are reckoned by it, wherever the server stands."""

import datetime as dt

from fieldapp.domain.thai_dates import THAI_TIME


def thai_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(THAI_TIME).date()
