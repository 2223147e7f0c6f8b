"""Words for every known error: what happened, what is safe, what to do next. Used by the windows and by the command line; no Qt.

The words come from the error's code; its data fill the placeholders. A code that is not listed (a server of a newer version may send one)
gets the words of its family.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.errors import FieldappError
from fieldapp.texts import _, mark


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """Three sentences; `safe` and `next_step` may be empty."""

    happened: str
    safe: str = ""
    next_step: str = ""


_STAYS_HERE = mark("Everything you recorded is safe on this computer.")
_NOTHING_CHANGED = mark("Nothing was changed.")
_ASK_DISTRICT = mark("Please ask the district office.")

WORDS: Mapping[str, ErrorWords] = {
    "unexpected": ErrorWords(
        mark("Something went wrong in the program."),
        _STAYS_HERE,
        mark("Try again. If it happens again, close the app, open it and tell the district office what you were doing."),
    ),
    "offline.unreachable": ErrorWords(
        mark("The district could not be reached."),
        _STAYS_HERE,
        mark("It will be sent by itself when there is a signal. If there is one, check the server address."),
    ),
    "offline.timeout": ErrorWords(
        mark("The district did not answer in time."), _STAYS_HERE, mark("The line is weak. It goes on by itself at the next signal.")
    ),
    "offline.not_the_server": ErrorWords(
        mark("Something else answered at this address, not the district's server."),
        _STAYS_HERE,
        mark("On a public Wi-Fi, open its sign-in page in a browser first. Otherwise check the server address."),
    ),
    "offline.insecure": ErrorWords(
        mark("The connection to this address is not protected."),
        mark("Nothing was sent."),
        mark("Use an address that begins with https://."),
    ),
    "offline.broken_answer": ErrorWords(
        mark("The district's answer came through damaged."), _STAYS_HERE, mark("It is asked for again at the next sync.")
    ),
    "protocol_unsupported": ErrorWords(
        mark("The district's server speaks a newer language than this app."),
        _STAYS_HERE,
        mark("Install the newest version of the app, then sync again. You can go on recording until then."),
    ),
    "rate_limited": ErrorWords(
        mark("There were too many tries in a short time."), _STAYS_HERE, mark("Wait a few minutes, then try again.")
    ),
    "server_failed": ErrorWords(
        mark("The district's server had a fault."),
        _STAYS_HERE,
        mark("It is tried again by itself. If it stays so, tell the district office."),
    ),
    "receipt_invalid": ErrorWords(
        mark("The district's answer did not prove that it holds your records, so they are not marked as received."),
        _STAYS_HERE,
        mark("They are sent again at the next sync. If it stays so, tell the district office."),
    ),
    "server_busy": ErrorWords(mark("The district's server is busy."), _STAYS_HERE, mark("It is tried again by itself.")),
    "not_yours": ErrorWords(mark("This child is not assigned to you."), mark("Your record is kept on this computer."), _ASK_DISTRICT),
    "not_allowed": ErrorWords(mark("Your account may not do this."), _NOTHING_CHANGED, _ASK_DISTRICT),
    "not_found": ErrorWords(
        mark("The district's server does not know this record."), _STAYS_HERE, mark("Sync again. If it stays so, ask the district office.")
    ),
    "unknown_record": ErrorWords(
        mark("The district does not know the child that this belongs to."), mark("Your record is kept on this computer."), _ASK_DISTRICT
    ),
    "unknown_kind": ErrorWords(
        mark("The district's server does not know this sort of record."), mark("Your record is kept on this computer."), _ASK_DISTRICT
    ),
    "unknown_field": ErrorWords(
        mark("A field of this record is not known to the district's server."), mark("Your record is kept on this computer."), _ASK_DISTRICT
    ),
    "wrong_value": ErrorWords(
        mark("A value cannot be right."), mark("Your record is kept on this computer."), mark("Open the field and correct it.")
    ),
    "missing": ErrorWords(
        mark("Something is missing."), mark("Your record is kept on this computer."), mark("Open the field and fill it in.")
    ),
    "mismatch": ErrorWords(
        mark("The record does not fit to the child that it names."), mark("Your record is kept on this computer."), _ASK_DISTRICT
    ),
    "different_content": ErrorWords(
        mark("The district already holds something else under this number."), mark("Both are kept."), _ASK_DISTRICT
    ),
    "unreadable": ErrorWords(
        mark("The district's server could not read this record."), mark("Your record is kept on this computer."), _ASK_DISTRICT
    ),
    "in_the_future": ErrorWords(
        mark("The date lies in the future."),
        mark("Your record is kept on this computer."),
        mark("Check the clock of this computer and the date of the visit."),
    ),
    "before_visit": ErrorWords(
        mark("The next date lies before the visit."), mark("Your record is kept on this computer."), mark("Open the field and correct it.")
    ),
    "nobody_with_others": ErrorWords(
        mark("“Nobody was met” cannot stand beside others."),
        mark("Your record is kept on this computer."),
        mark("Open the field and correct it."),
    ),
    "too_large": ErrorWords(mark("This is too large to be sent."), _STAYS_HERE, _ASK_DISTRICT),
    "photo.wrong_hash": ErrorWords(
        mark("A photo was damaged on its way."), mark("The photo is safe on this computer."), mark("It is sent again by itself.")
    ),
    "sign_in.wrong_password": ErrorWords(
        mark("The account or the password is wrong."),
        _NOTHING_CHANGED,
        mark("Check both and type them again. The district office can set a new password."),
    ),
    "sign_in.session_ended": ErrorWords(
        mark("The district asks you to sign in again."), _STAYS_HERE, mark("Sign in with your account and password.")
    ),
    "sign_in.account_expired": ErrorWords(
        mark("Your account has expired."), _STAYS_HERE, mark("Please ask the district office to extend it. You can go on recording.")
    ),
    "sign_in.account_closed": ErrorWords(mark("Your account was closed."), _STAYS_HERE, _ASK_DISTRICT),
    "sign_in.device_revoked": ErrorWords(mark("The district has locked out this computer."), _STAYS_HERE, _ASK_DISTRICT),
    "store.wrong_passphrase": ErrorWords(
        mark("The passphrase is not right."), "", mark("Check the keyboard language and Caps Lock, then type it again.")
    ),
    "store.too_many_tries": ErrorWords(
        mark("There were too many wrong tries."), mark("The data is safe."), mark("Try again in {seconds} seconds.")
    ),
    "store.damaged": ErrorWords(
        mark("The data file on this computer is damaged."),
        mark("What the district has received is safe there, and nothing was deleted from this computer."),
        mark("Do not delete anything. Please bring this computer to the district office."),
    ),
    "store.newer": ErrorWords(
        mark("The data on this computer was written by a newer version of the app."),
        mark("Nothing was changed. The data is safe."),
        mark("Install the newest version of the app."),
    ),
    "store.disk_full": ErrorWords(
        mark("The disk of this computer is full."),
        mark("Everything saved before is safe; the last change was not saved."),
        mark("Make room by deleting files you do not need, then try again."),
    ),
    "store.busy": ErrorWords(
        mark("The data is open in another window of the app."), _NOTHING_CHANGED, mark("Close the other window, then try again.")
    ),
    "store.read_only": ErrorWords(
        mark("The app may not write to its data folder."),
        mark("Everything saved before is safe; the last change was not saved."),
        mark("Close the app and open it again. If it stays so, ask whoever looks after this computer."),
    ),
    "store.not_here": ErrorWords(
        mark("This child is no longer on this computer: the district gave the case to someone else."),
        mark("What you recorded and have not sent yet is kept and will be sent."),
        mark("Go back to the list."),
    ),
    "photo.unreadable": ErrorWords(
        mark("This file cannot be read as a picture."),
        mark("The visit and the other photos are safe."),
        mark("Choose another file: JPEG, PNG, WEBP or HEIC."),
    ),
    "photo.too_large": ErrorWords(
        mark("This picture is too large."),
        mark("The visit and the other photos are safe."),
        mark("Choose a picture of at most {limit_mb} MB."),
    ),
    "photo.too_many_pixels": ErrorWords(
        mark("This picture has too many pixels."),
        mark("The visit and the other photos are safe."),
        mark("Choose a picture of at most {limit_mp} million pixels."),
    ),
    "photo.missing": ErrorWords(
        mark("The picture file is no longer there."), mark("The visit and the other photos are safe."), mark("Choose the picture again.")
    ),
    "bundle.not_a_bundle": ErrorWords(
        mark("This is not a file of this app."), _NOTHING_CHANGED, mark("Choose the file that was exported. Its name ends in .fieldapp.")
    ),
    "bundle.newer": ErrorWords(
        mark("The file was written by a newer version of the app."), _NOTHING_CHANGED, mark("Install the newest version, then try again.")
    ),
    "bundle.damaged": ErrorWords(
        mark("The file is damaged or not complete."),
        mark("Nothing was taken in. What was recorded is still on the computer it came from."),
        mark("Copy it again, or export it once more."),
    ),
    "bundle.not_for_you": ErrorWords(
        mark("This answer is for someone else, or for another computer."),
        _NOTHING_CHANGED,
        mark("Choose the answer to a file that was exported here."),
    ),
    "bundle.other_district": ErrorWords(
        mark("This file belongs to another district."), _NOTHING_CHANGED, mark("Check that the right file was chosen.")
    ),
    "bundle.wrong_direction": ErrorWords(
        mark("This file goes the other way: records are for the district, answers for the computer that exported."),
        _NOTHING_CHANGED,
        mark("Check that the right file was chosen."),
    ),
    "bundle.wrong_signature": ErrorWords(
        mark("The signature in the file is not right; someone may have changed it."),
        mark("Nothing was taken in. What was recorded is still on the computer it came from."),
        mark("Export the file once more. If it stays so, tell the district office."),
    ),
    "bundle.unknown_sender": ErrorWords(
        mark("The district does not know the computer that wrote this file."),
        mark("Nothing was taken in. What was recorded is still on the computer it came from."),
        mark("That computer must sync once over the internet; then files from it can be taken in."),
    ),
    "bundle.not_registered": ErrorWords(
        mark("The district does not know this computer yet, so it could not take in a file from it."),
        _STAYS_HERE,
        mark("Sync once over the internet; after that it also works with files."),
    ),
    "bundle.no_access": ErrorWords(
        mark("The file cannot be read or written."),
        _STAYS_HERE,
        mark("Check that the USB stick is plugged in, not full and not locked, then try again."),
    ),
    "list.unreadable": ErrorWords(
        mark("This file cannot be read as a list."), mark("Nothing was imported."), mark("Save it as .xlsx or .csv, then try again.")
    ),
    "list.no_header": ErrorWords(
        mark("The list has no heading row that could be recognised."),
        mark("Nothing was imported."),
        mark("There must be columns for first name and family name. See the columns in the help."),
    ),
    "list.empty": ErrorWords(mark("The list has no rows."), mark("Nothing was imported."), mark("Check that the right file was chosen.")),
    "list.already_imported": ErrorWords(
        mark("This very file was imported before."), mark("Nothing was imported twice."), mark("Check that the right file was chosen.")
    ),
    "list.too_large": ErrorWords(
        mark("The list is too large."), mark("Nothing was imported."), mark("Split it into several files, then try again.")
    ),
    "list.old_excel": ErrorWords(
        mark("This is a file of an old Excel (.xls)."),
        mark("Nothing was imported."),
        mark("Open it in Excel, save it as .xlsx, then try again."),
    ),
    "list.encrypted": ErrorWords(
        mark("The file is protected by a password."),
        mark("Nothing was imported."),
        mark("Open it in Excel, save it without a password, then try again."),
    ),
    "list.not_reckoned": ErrorWords(
        mark("The file holds formulas whose results are not in it."),
        mark("Nothing was imported."),
        mark("Open it in Excel, save it, then try again."),
    ),
    "list.no_name_column": ErrorWords(
        mark("No column holds the children's names."),
        mark("Nothing was imported."),
        mark('Say which one it is, for example --mapping \'{{"given_name": "D", "family_name": "E"}}\'.'),
    ),
    "list.unknown_field": ErrorWords(
        mark("The mapping names a field that does not exist: {field}."), mark("Nothing was imported."), mark("Check what was typed.")
    ),
    "list.unknown_column": ErrorWords(
        mark("The mapping names a column that the list does not have: {column}."),
        mark("Nothing was imported."),
        mark("Use the column's letter or its heading."),
    ),
    "list.bad_mapping": ErrorWords(
        mark("The mapping is not readable."),
        mark("Nothing was imported."),
        mark('Write it as {{"national_id": "C", "given_name": "D"}}.'),
    ),
    "list.not_recorded": ErrorWords(
        mark("The list could not be recorded."), mark("Nothing was imported."), mark("Try again. If it stays so, tell the district office.")
    ),
    "setup.bad_date": ErrorWords(mark("“{value}” is not a date."), _NOTHING_CHANGED, mark("Write it as 2026-11-22 or 22/11/2569.")),
    "setup.date_in_future": ErrorWords(
        mark("“{value}” lies in the future."), _NOTHING_CHANGED, mark("Check the year: 2026-11-22 is the same day as 22/11/2569.")
    ),
    "setup.date_in_past": ErrorWords(
        mark("“{value}” lies in the past."), _NOTHING_CHANGED, mark("Check the year: 2026-11-22 is the same day as 22/11/2569.")
    ),
    "setup.no_folder": ErrorWords(
        mark("The data folder {path} cannot be made."), _NOTHING_CHANGED, mark("Choose a folder that you may write to with --data-dir.")
    ),
    "setup.unknown_account": ErrorWords(
        mark("There is no account {account}, or it is closed."), _NOTHING_CHANGED, mark("See all accounts: fieldapp office list-accounts")
    ),
    "setup.account_taken": ErrorWords(mark("The account {account} exists already."), _NOTHING_CHANGED, mark("Choose another name.")),
    "setup.short_password": ErrorWords(
        mark("The password is too short."), _NOTHING_CHANGED, mark("It needs at least {length} characters.")
    ),
    "setup.school_needed": ErrorWords(
        mark("A teacher or school head needs a school."), _NOTHING_CHANGED, mark("Give its 8-digit code with --school.")
    ),
    "setup.unknown_school": ErrorWords(mark("There is no school with the code {school}."), _NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.bad_school_code": ErrorWords(
        mark("{school} is not a school code."), _NOTHING_CHANGED, mark("A school code has 8 digits: province, area, number.")
    ),
    "setup.unknown_place": ErrorWords(
        mark("There is no tambon with the code {place}."), _NOTHING_CHANGED, mark("A tambon code has 6 digits, such as 461601.")
    ),
    "setup.unknown_case": ErrorWords(mark("There is no case {case}."), _NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.unknown_list": ErrorWords(
        mark("There is no single list that “{list}” names."), "", mark("See all lists: fieldapp office list-rows")
    ),
    "setup.not_of_the_office": ErrorWords(
        mark("{account} is not an account of the office."), _NOTHING_CHANGED, mark("Name an officer, coordinator or administrator.")
    ),
    "setup.no_office_account": ErrorWords(
        mark("The district has no account of the office yet."),
        _NOTHING_CHANGED,
        mark("Make one: fieldapp office add-account officer --role officer --name …"),
    ),
    "setup.assign_to_whom": ErrorWords(mark("It was not said to whom."), _NOTHING_CHANGED, mark("Use --to ACCOUNT or --school CODE.")),
    "setup.not_assigned": ErrorWords(mark("The cases could not be assigned."), _NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.output_needed": ErrorWords(mark("A spreadsheet needs a file."), "", mark("Say where with --output FILE.xlsx.")),
    "setup.cannot_write": ErrorWords(
        mark("The file {path} cannot be written."), "", mark("Check the path, and that it is not open elsewhere.")
    ),
    "setup.not_empty": ErrorWords(
        mark("The district has accounts of its own."),
        _NOTHING_CHANGED,
        mark("Sample data only goes into an empty district: use another --data-dir."),
    ),
    "setup.sample_refused": ErrorWords(mark("The sample could not be built."), _NOTHING_CHANGED, mark("Please report this fault.")),
    "setup.port_in_use": ErrorWords(
        mark("Port {port} is used by another program."), "", mark("Stop that program or choose another port with --port.")
    ),
    "setup.needs_https": ErrorWords(
        mark("Children's data leaves this computer over HTTPS only."),
        "",
        mark("Give --tls-cert and --tls-key, or --behind-proxy where a proxy in front does HTTPS."),
    ),
    "setup.database_unreachable": ErrorWords(
        mark("The database could not be reached."), "", mark("Check --database-url and that the database is running.")
    ),
    "setup.server_newer_database": ErrorWords(
        mark("The database was written by a newer version of the program."), _NOTHING_CHANGED, mark("Install the newest version.")
    ),
    "setup.server_did_not_start": ErrorWords(
        mark("The district server did not start: {said}"), _NOTHING_CHANGED, mark("Try again. If it stays so, look into its log.")
    ),
    "setup.no_such_file": ErrorWords(mark("The file {path} does not exist."), "", mark("Check the path.")),
    "setup.bad_value": ErrorWords(mark("A value that was given cannot be used."), _NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.not_found": ErrorWords(mark("What was asked for does not exist."), _NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.no_profile": ErrorWords(
        mark("Nobody has signed in on this computer yet, or not with that account."),
        _NOTHING_CHANGED,
        mark("Open the app and sign in once, or check --account and --data-dir."),
    ),
    "setup.which_profile": ErrorWords(mark("There are {found} profiles on this computer."), "", mark("Say whose it is with --account.")),
}

# What stands in for a code that is not listed.
_FAMILIES = {"offline": "offline.unreachable", "sign_in": "sign_in.session_ended", "photo": "photo.unreadable", "list": "list.unreadable"}


def words_for(error: BaseException) -> ErrorWords:
    """The words in the language of the app, with the error's facts filled in."""
    if not isinstance(error, FieldappError):
        return _translated(WORDS["unexpected"], {})
    return words_for_code(error.code, error.data)


def words_for_code(code: str, data: Mapping[str, str | int] | None = None) -> ErrorWords:
    """The same for a code that came in a record, such as the reason why the district set something aside."""
    family = _FAMILIES.get(code.partition(".")[0], "unexpected")
    return _translated(WORDS.get(code) or WORDS[family], data or {})


def _translated(words: ErrorWords, data: Mapping[str, str | int]) -> ErrorWords:
    # A fact that an older or newer part of the program did not give must not turn one error into another.
    facts = defaultdict(lambda: "…", data)
    return ErrorWords(*(_(text).format_map(facts) if text else "" for text in (words.happened, words.safe, words.next_step)))
