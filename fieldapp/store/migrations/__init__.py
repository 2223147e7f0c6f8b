"""How the tables of a profile's two files came to be what they are. A new step is a new file in `records/` or `photos/` and one more
name here.

The names are here so that opening a file that needs nothing done does not import Alembic, which costs more than unlocking.
"""

RECORDS_REVISIONS = (
    "records_1",
    "records_2",
    "records_3",
    "records_4",
    "records_5",
    "records_6",
    "records_7",
    "records_8",
    "records_9",
    "records_10",
    "records_11",
    "records_12",
    "records_13",
    "records_14",
    "records_15",
)
PHOTOS_REVISIONS = ("photos_1", "photos_2")
