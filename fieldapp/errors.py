"""Every error that a person may be told of. Codes and data only: the words are in `error_words`, by code.

FieldappError
├── Offline            nobody answered: no signal, wrong address, captive portal, time-out
├── ServerProblem      the district answered with a problem (RFC 9457); carries its code and status
├── SignInNeeded       the session ended, the account was closed or the device revoked
├── StoreError         the laptop's own data: wrong passphrase, damaged file, file of a newer program, full disk
├── PhotoError         a picture that cannot be taken in
├── BundleError        a file that carries records without network, or its answer, cannot be written or taken in
├── ListError          a received list that cannot be read
└── SetupError         the program cannot start as asked
"""


class FieldappError(Exception):
    """`code` names what happened; `data` are the facts that belong into the sentence, never a name, an ID number or an answer."""

    code = "unexpected"

    def __init__(self, code: str | None = None, **data: str | int) -> None:
        self.code = code or type(self).code
        self.data = data
        super().__init__(" ".join([self.code, *(f"{key}={value}" for key, value in data.items())]))


class Offline(FieldappError):
    """offline.unreachable · offline.timeout · offline.not_the_server (something else answered) · offline.insecure (no TLS) ·
    offline.other_district (not the one that the connection file names) · offline.practice ·
    offline.broken_answer"""

    code = "offline.unreachable"


class ServerProblem(FieldappError):
    """The district's refusal; `code` as the server gave it. protocol_unsupported, rate_limited, not_yours, server_failed, ...
    receipt_invalid is the laptop's own: an answer that proves nothing."""

    code = "server_failed"

    def __init__(self, code: str, status: int, field: str = "", **data: str | int) -> None:
        super().__init__(code, **data)
        self.status = status
        self.field = field


class SignInNeeded(FieldappError):
    """sign_in.wrong_password · sign_in.wrong_code · sign_in.code_used · sign_in.code_expired · sign_in.short_password ·
    sign_in.session_ended · sign_in.account_expired · sign_in.account_closed · sign_in.device_revoked"""

    code = "sign_in.session_ended"


class StoreError(FieldappError):
    """store.wrong_passphrase · store.damaged · store.newer · store.disk_full · store.busy · store.too_many_tries ·
    store.access_ended · store.contact_needed (days) · store.low_disk ·
    store.draft_in_the_way · store.read_only · store.not_here (the case was given to someone else while its page was open) ·
    store.handed_over · store.merged (the case is only here until something of it is sent)"""

    code = "store.damaged"


class PhotoError(FieldappError):
    """photo.unreadable · photo.too_large · photo.too_many_pixels · photo.missing ·
    photo.changed (the file is another one than was shown) · photo.no_visit (the visit it was for was thrown away) ·
    paper.pdf_unreadable · paper.pdf_locked · paper.pdf_too_long (limit) ·
    photo.finished (its visit is finished: what is recorded stays as it is) ·
    photo.forgotten (the district lost it when it was put back, and it is no longer here)"""

    code = "photo.unreadable"


class BundleError(FieldappError):
    """bundle.not_a_bundle · bundle.newer · bundle.damaged · bundle.not_for_you · bundle.other_district · bundle.wrong_direction ·
    bundle.wrong_signature · bundle.unknown_sender · bundle.not_registered · bundle.nothing_aside · bundle.no_access (the file cannot be
    read or written)"""

    code = "bundle.damaged"


class ListError(FieldappError):
    """list.unreadable · list.old_excel · list.encrypted · list.no_header · list.no_name_column · list.empty · list.already_imported ·
    list.too_large · list.not_reckoned · list.bad_mapping · list.unknown_field · list.unknown_column · list.incomplete ·
    list.not_recorded"""

    code = "list.unreadable"


class SetupError(FieldappError):
    """setup.port_in_use · setup.database_unreachable · setup.server_newer_database · setup.no_such_file · setup.bad_value ·
    setup.not_found · setup.needs_https, and what the office's command line can be asked wrongly: setup.bad_date · setup.unknown_account ·
    setup.unknown_school · setup.account_taken · … (all of them in `error_words`)"""

    code = "setup.bad_value"
