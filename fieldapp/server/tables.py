"""Tables that only the district has, beside those of `records.tables`. Every key and index begins with `district_id`."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Index, Integer, MetaData, Table, Text, UniqueConstraint

from fieldapp.records.columns import UtcTime

metadata = MetaData()


def _district() -> Column[str]:
    return Column("district_id", Text, primary_key=True)


district = Table(
    "district",
    metadata,
    _district(),
    Column("name", Text, nullable=False),
    # The last number given out. Its row is the district's write lock: it is taken before anything is applied and held until
    # commit, so numbers are given in commit order and a pull cursor can never pass one that is still to come.
    Column("last_sequence", BigInteger, nullable=False),
    Column("signing_seed", Text, nullable=False),  # Ed25519, hex; shared by all server processes
    Column("sealing_seed", Text, nullable=False),  # X25519, hex
    Column("created_at", UtcTime, nullable=False),
    # The newest run, and its predecessors at growing distances (`server.write_path.runs`); '' before the first.
    Column("run", Text, nullable=False, default="", server_default=""),
)

# Stretches of the sequence: each process that writes begins one, so that numbers given after a backup was put back are told from those
# given before.
run = Table(
    "run",
    metadata,
    _district(),
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("first_sequence", BigInteger, nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    UniqueConstraint("district_id", "id"),
)

account = Table(
    "account",
    metadata,
    _district(),
    Column("person_id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("expires_on", Date),
    Column("closed_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("district_id", "account"),
)

# What a person's scope was before: the work of then must not be refused when it comes later.
past_scope = Table(
    "past_scope",
    metadata,
    _district(),
    Column("person_id", Text, primary_key=True),
    Column("until", UtcTime, primary_key=True),
    Column("role", Text, nullable=False),
    Column("school_code", Text, nullable=False),
)

device = Table(
    "device",
    metadata,
    _district(),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
)

# Public keys of a person's profile on a device: bundles are signed by the one and answered to the other.
device_key = Table(
    "device_key",
    metadata,
    _district(),
    Column("signing_key", Text, primary_key=True),  # Ed25519, hex
    Column("sealing_key", Text, nullable=False),  # X25519, hex
    Column("person_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("registered_at", UtcTime, nullable=False),
)

# Tokens are kept only as SHA-256 of what the client holds. A used refresh token stays, so that its reuse shows a theft.
session = Table(
    "session_",
    metadata,
    _district(),
    Column("access_hash", Text, primary_key=True),
    Column("refresh_hash", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("family", Text, nullable=False),  # all sessions that grew out of one sign-in
    Column("created_at", UtcTime, nullable=False),
    Column("access_expires_at", UtcTime, nullable=False),
    Column("refresh_expires_at", UtcTime, nullable=False),
    Column("first_used_at", UtcTime),  # the client has received it: from now on its predecessor must not come again
    Column("refreshed_at", UtcTime),
    Column("ended_at", UtcTime),
    UniqueConstraint("district_id", "refresh_hash"),
)
Index("session_by_person", session.c.district_id, session.c.person_id)
Index("session_by_device", session.c.district_id, session.c.device_id)
Index("session_by_family", session.c.district_id, session.c.family)

# Someone at the office's pages in a browser. The cookie holds the token, this only its SHA-256.
office_session = Table(
    "office_session",
    metadata,
    _district(),
    Column("token_hash", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
    Column("notice", Text, nullable=False),  # what the next page says once
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
)
Index("office_session_by_person", office_session.c.district_id, office_session.c.person_id)

# Wrong passwords of late, so that guessing gets slow. The account as typed is kept as a hash: people type passwords there.
sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    _district(),
    Column("id", Text, primary_key=True),
    Column("account_sha256", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)
Index("sign_in_failure_by_account", sign_in_failure.c.district_id, sign_in_failure.c.account_sha256, sign_in_failure.c.at)
Index("sign_in_failure_by_address", sign_in_failure.c.district_id, sign_in_failure.c.address, sign_in_failure.c.at)

# Every event ever received, with the answer given: asked again, the district answers the same again.
event = Table(
    "event",
    metadata,
    _district(),
    Column("id", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("case_id", Text),
    Column("by_person", Text, nullable=False),
    Column("device_id", Text),
    Column("made_at", UtcTime, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON as received
    Column("sha256", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("fields", JSON, nullable=False),
)
Index("event_by_sequence", event.c.district_id, event.c.sequence)
Index("event_by_case", event.c.district_id, event.c.case_id)
Index("event_by_record", event.c.district_id, event.c.record_id)

# One row a record: its newest place in the sequence, whose scope it is in, and its wire form ready to be sent.
head = Table(
    "head",
    metadata,
    _district(),
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("case_id", Text),
    Column("owner_id", Text),  # the person the case is assigned to
    Column("school_code", Text),  # the school it is assigned to
    Column("shared", Boolean, nullable=False),  # reference data, for everyone
    Column("body", Text, nullable=False),
)
Index("head_by_sequence", head.c.district_id, head.c.sequence)
Index("head_by_owner", head.c.district_id, head.c.owner_id, head.c.sequence)
Index("head_by_school", head.c.district_id, head.c.school_code, head.c.sequence)
Index("head_by_shared", head.c.district_id, head.c.shared, head.c.sequence)
Index("head_by_case", head.c.district_id, head.c.case_id)

# A case left someone's scope: their devices drop it when they have nothing unsent for it.
departure = Table(
    "departure",
    metadata,
    _district(),
    Column("sequence", BigInteger, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("owner_id", Text),
    Column("school_code", Text),
)
Index("departure_by_case", departure.c.district_id, departure.c.case_id)
Index("departure_by_owner", departure.c.district_id, departure.c.owner_id, departure.c.sequence)
Index("departure_by_school", departure.c.district_id, departure.c.school_code, departure.c.sequence)

# What a person in the office must decide.
inbox = Table(
    "inbox",
    metadata,
    _district(),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # InboxKind
    Column("event_id", Text, nullable=False),
    Column("case_id", Text),
    Column("record_id", Text),  # what the event is about
    Column("belongs_to", Text),  # the record of a held event with which this one goes along: a photo's visit
    Column("body", JSON, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Column("decided_by", Text),
    Column("decision", JSON),
)
Index("inbox_open", inbox.c.district_id, inbox.c.decided_at, inbox.c.opened_at)
Index("inbox_by_record", inbox.c.district_id, inbox.c.record_id)
Index("inbox_by_case", inbox.c.district_id, inbox.c.case_id)
Index("inbox_by_event", inbox.c.district_id, inbox.c.event_id)

photo_blob = Table(
    "photo_blob",
    metadata,
    _district(),
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("stored_at", UtcTime, nullable=False),
)

# The receipt of each photo whose bytes are held; several photos may share bytes.
photo_receipt = Table(
    "photo_receipt",
    metadata,
    _district(),
    Column("photo_id", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("signature", Text, nullable=False),
)

# A tus upload that is under way; its bytes so far lie in the object store, one object a chunk.
upload = Table(
    "upload",
    metadata,
    _district(),
    Column("id", Text, primary_key=True),
    Column("photo_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("length", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)

# Every row of every received list, as it came, with what was found in it; rows that were not taken wait here with their reason.
list_row = Table(
    "list_row",
    metadata,
    _district(),
    Column("list_id", Text, primary_key=True),
    Column("row_number", Integer, primary_key=True),  # as Excel counts
    Column("cells", JSON, nullable=False),
    Column("state", Text, nullable=False),  # staged | taken | kept_back | same | dropped | no_risk | withdrawn
    Column("case_id", Text),  # that it became, or that the child has already
    Column("findings", JSON, nullable=False),
    Column("typed", JSON),  # numbers and dates among the cells, by column
    Column("edits", JSON),  # what a person typed instead, by column
    Column("weight", Text, nullable=False, default="", server_default=""),  # of the worst finding; good where nobody has to look
    Column("codes", Text, nullable=False, default="", server_default=""),  # of the findings, each between blanks
    Column("standing", Text, nullable=False, default="", server_default=""),  # new | again | changed | likely | none
    Column("child", JSON),  # the card as it would be made
    Column("child_id", Text),  # of that card, or of the card that is there already
    Column("likely_id", Text),  # the card of who is perhaps the same
    Column("differences", JSON),  # between list and card
    Column("risks", JSON),  # that the row tells of
    Column("number", Text, nullable=False, default="", server_default=""),  # ID or G-code, to find the row
    Column("name_key", Text, nullable=False, default="", server_default=""),  # folded name
    Column("reason", Text, nullable=False, default="", server_default=""),
)
Index("list_row_by_child", list_row.c.district_id, list_row.c.list_id, list_row.c.child_id)
Index("list_row_by_name", list_row.c.district_id, list_row.c.list_id, list_row.c.name_key)

# How a person mapped the columns of a layout, remembered by the layout's header.
column_mapping = Table(
    "column_mapping",
    metadata,
    _district(),
    Column("header_sha256", Text, primary_key=True),
    Column("mapping", JSON, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _district(),
    Column("id", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("person_id", Text),
    Column("device_id", Text),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", JSON, nullable=False),
)
Index("audit_by_subject", audit.c.district_id, audit.c.subject, audit.c.at)
Index("audit_by_person", audit.c.district_id, audit.c.person_id, audit.c.at)
Index("audit_by_time", audit.c.district_id, audit.c.at)
Index("audit_by_device", audit.c.district_id, audit.c.device_id, audit.c.at)
Index("audit_by_action", audit.c.district_id, audit.c.action, audit.c.at)

# A round in which OBEC asks for the report: figures as of a day, due by another.
report_round = Table(
    "report_round",
    metadata,
    _district(),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("created_by", Text, nullable=False),
)

# That a school (or with '' the district) said: this is our report. What was complete on that day stands beside it.
round_submission = Table(
    "round_submission",
    metadata,
    _district(),
    Column("round_id", Text, primary_key=True),
    Column("school_code", Text, primary_key=True),
    Column("submitted_at", UtcTime, nullable=False),
    Column("submitted_by", Text, nullable=False),
    Column("letter", Text, nullable=False),  # number of the letter it went with
    Column("figures", JSON, nullable=False),
)

# What people wrote into the overall report of a day: number, addressee, narrative, signatures. With it the letter can be printed again.
report_letter = Table(
    "report_letter",
    metadata,
    _district(),
    Column("as_of", Date, primary_key=True),
    Column("words", JSON, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("saved_by", Text, nullable=False),
)
