"""What may go wrong on the way to the district, or is refused there: the line, signing in, a record that cannot be taken."""

from collections.abc import Mapping

from fieldapp.error_words.sentences import ASK_DISTRICT, NOTHING_CHANGED, STAYS_HERE, ErrorWords
from fieldapp.texts import mark

WORDS: Mapping[str, ErrorWords] = {
    "offline.unreachable": ErrorWords(
        mark("The district could not be reached."),
        STAYS_HERE,
        mark("It will be sent by itself when there is a signal. If there is one, check the server address."),
    ),
    "offline.timeout": ErrorWords(
        mark("The district did not answer in time."), STAYS_HERE, mark("The line is weak. It goes on by itself at the next signal.")
    ),
    "offline.not_the_server": ErrorWords(
        mark("Something else answered at this address, not the district's server."),
        STAYS_HERE,
        mark("On a public Wi-Fi, open its sign-in page in a browser first. Otherwise check the server address."),
    ),
    "offline.practice": ErrorWords(
        mark("This is practice: nothing is sent."), mark("Nothing here is real."), mark("Leave practice to work with real children.")
    ),
    "offline.other_district": ErrorWords(
        mark("The server that answers is not the one of the connection file."),
        mark("No password was sent."),
        mark("Ask the district office for a new connection file or slip."),
    ),
    "offline.insecure": ErrorWords(
        mark("The connection to this address is not protected."),
        mark("Nothing was sent."),
        mark("Use an address that begins with https://."),
    ),
    "offline.broken_answer": ErrorWords(
        mark("The district's answer came through damaged."), STAYS_HERE, mark("It is asked for again at the next sync.")
    ),
    "protocol_unsupported": ErrorWords(
        mark("The district's server speaks a newer language than this app."),
        STAYS_HERE,
        mark(
            "Install the newest version of the app, then sync again. You can go on recording until then, and what is unsent can also go "
            "to the district as a file from the sync page."
        ),
    ),
    "pull.forgotten": ErrorWords(
        mark("The district was restored from a backup."),
        STAYS_HERE,
        mark("What it has forgotten is sent again by itself at the next sync."),
    ),
    "pull.new_scope": ErrorWords(
        mark("The district changed your role or school."), STAYS_HERE, mark("The children that are yours now come with the next sync.")
    ),
    "rate_limited": ErrorWords(mark("There were too many tries in a short time."), STAYS_HERE, mark("Wait a few minutes, then try again.")),
    "server_failed": ErrorWords(
        mark("The district's server had a fault."),
        STAYS_HERE,
        mark("It is tried again by itself. If it stays so, tell the district office."),
    ),
    "receipt_invalid": ErrorWords(
        mark("The district's answer did not prove that it holds your records, so they are not marked as received."),
        STAYS_HERE,
        mark("They are sent again at the next sync. If it stays so, tell the district office."),
    ),
    "server_busy": ErrorWords(mark("The district's server is busy."), STAYS_HERE, mark("It is tried again by itself.")),
    "server_full": ErrorWords(
        mark("The district's server has no room left."),
        STAYS_HERE,
        mark("Tell the district office. As soon as there is room again, all of it is sent by itself."),
    ),
    "not_yours": ErrorWords(mark("This child is not assigned to you."), mark("Your record is kept on this computer."), ASK_DISTRICT),
    "already_decided": ErrorWords(
        mark("Someone else decided this before."), mark("Their decision stands."), mark("Sync, then look at what was decided.")
    ),
    "not_allowed": ErrorWords(mark("Your account may not do this."), NOTHING_CHANGED, ASK_DISTRICT),
    "merged": ErrorWords(
        mark("The case was merged into another one and cannot be changed any more."),
        NOTHING_CHANGED,
        mark("Work on the case that goes on."),
    ),
    "withdrawn": ErrorWords(
        mark("The list that named this child was taken back, and the case with it."),
        NOTHING_CHANGED,
        mark("Look for the child on another list."),
    ),
    "not_found": ErrorWords(
        mark("The district's server does not know this record."), STAYS_HERE, mark("Sync again. If it stays so, ask the district office.")
    ),
    "unknown_record": ErrorWords(
        mark("The district does not know the child that this belongs to."), mark("Your record is kept on this computer."), ASK_DISTRICT
    ),
    "unknown_kind": ErrorWords(
        mark("The district's server does not know this sort of record."), mark("Your record is kept on this computer."), ASK_DISTRICT
    ),
    "unknown_field": ErrorWords(
        mark("A field of this record is not known to the district's server."), mark("Your record is kept on this computer."), ASK_DISTRICT
    ),
    "wrong_value": ErrorWords(
        mark("A value cannot be right."), mark("Your record is kept on this computer."), mark("Open the field and correct it.")
    ),
    "missing": ErrorWords(
        mark("Something is missing."), mark("Your record is kept on this computer."), mark("Open the field and fill it in.")
    ),
    "mismatch": ErrorWords(
        mark("The record does not fit to the child that it names."), mark("Your record is kept on this computer."), ASK_DISTRICT
    ),
    "different_content": ErrorWords(
        mark("The district already holds something else under this number."), mark("Both are kept."), ASK_DISTRICT
    ),
    "unreadable": ErrorWords(
        mark("The district's server could not read this record."), mark("Your record is kept on this computer."), ASK_DISTRICT
    ),
    "in_the_future": ErrorWords(
        mark("The date lies in the future."),
        mark("Your record is kept on this computer."),
        mark("Check the clock of this computer and the date of the visit."),
    ),
    "before_visit": ErrorWords(
        mark("The next date lies before the visit."), mark("Your record is kept on this computer."), mark("Open the field and correct it.")
    ),
    "before_start": ErrorWords(
        mark("A date lies before the day on which this began."),
        mark("Your record is kept on this computer."),
        mark("Open the field and correct it."),
    ),
    "nobody_with_others": ErrorWords(
        mark("“Nobody was met” cannot stand beside others."),
        mark("Your record is kept on this computer."),
        mark("Open the field and correct it."),
    ),
    "too_large": ErrorWords(mark("This is too large to be sent."), STAYS_HERE, ASK_DISTRICT),
    "photo.wrong_hash": ErrorWords(
        mark("A photo was damaged on its way."), mark("The photo is safe on this computer."), mark("It is sent again by itself.")
    ),
    "sign_in.wrong_password": ErrorWords(
        mark("The account or the password is wrong."),
        NOTHING_CHANGED,
        mark("Check both and type them again. The district office can set a new password."),
    ),
    "sign_in.wrong_code": ErrorWords(
        mark("The account or the one-time code is wrong."), NOTHING_CHANGED, mark("Check both on the slip and type them again.")
    ),
    "sign_in.code_used": ErrorWords(
        mark("This one-time code was used before."),
        NOTHING_CHANGED,
        mark("If you set a password with it, sign in with that. If it was not you, ask the district office for a new slip at once."),
    ),
    "sign_in.code_expired": ErrorWords(
        mark("This one-time code has run out."), NOTHING_CHANGED, mark("Ask the district office for a new slip.")
    ),
    "sign_in.short_password": ErrorWords(
        mark("The new password is too short for the district."), NOTHING_CHANGED, mark("Choose a longer one.")
    ),
    "sign_in.session_ended": ErrorWords(
        mark("The district asks you to sign in again."), STAYS_HERE, mark("Sign in with your account and password.")
    ),
    "sign_in.account_expired": ErrorWords(
        mark("Your account has expired."), STAYS_HERE, mark("Please ask the district office to extend it. You can go on recording.")
    ),
    "sign_in.account_closed": ErrorWords(mark("Your account was closed."), STAYS_HERE, ASK_DISTRICT),
    "sign_in.device_revoked": ErrorWords(mark("The district has locked out this computer."), STAYS_HERE, ASK_DISTRICT),
}
