"""What the office may be told: a received list that cannot be read, a command that cannot be carried out, a server that cannot start."""

from collections.abc import Mapping

from fieldapp.error_words.sentences import NOTHING_CHANGED, ErrorWords
from fieldapp.texts import mark

WORDS: Mapping[str, ErrorWords] = {
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
    "list.incomplete": ErrorWords(
        mark("Something is missing: the file, the round or the date."),
        mark("Nothing was imported."),
        mark("Choose a file, and type the round and a date that has come."),
    ),
    "list.not_recorded": ErrorWords(
        mark("The list could not be recorded."), mark("Nothing was imported."), mark("Try again. If it stays so, tell the district office.")
    ),
    "setup.bad_date": ErrorWords(mark("“{value}” is not a date."), NOTHING_CHANGED, mark("Write it as 2026-11-22 or 22/11/2569.")),
    "setup.date_in_future": ErrorWords(
        mark("“{value}” lies in the future."), NOTHING_CHANGED, mark("Check the year: 2026-11-22 is the same day as 22/11/2569.")
    ),
    "setup.date_in_past": ErrorWords(
        mark("“{value}” lies in the past."), NOTHING_CHANGED, mark("Check the year: 2026-11-22 is the same day as 22/11/2569.")
    ),
    "setup.no_folder": ErrorWords(
        mark("The data folder {path} cannot be made."), NOTHING_CHANGED, mark("Choose a folder that you may write to with --data-dir.")
    ),
    "setup.unknown_account": ErrorWords(
        mark("There is no account {account}, or it is closed."), NOTHING_CHANGED, mark("See all accounts: fieldapp office list-accounts")
    ),
    "setup.account_taken": ErrorWords(mark("The account {account} exists already."), NOTHING_CHANGED, mark("Choose another name.")),
    "setup.short_password": ErrorWords(mark("The password is too short."), NOTHING_CHANGED, mark("It needs at least {length} characters.")),
    "setup.school_needed": ErrorWords(
        mark("A teacher or school head needs a school."), NOTHING_CHANGED, mark("Give its 8-digit code with --school.")
    ),
    "setup.unknown_school": ErrorWords(mark("There is no school with the code {school}."), NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.bad_school_code": ErrorWords(
        mark("{school} is not a school code."), NOTHING_CHANGED, mark("A school code has 8 digits: province, area, number.")
    ),
    "setup.unknown_place": ErrorWords(
        mark("There is no tambon with the code {place}."), NOTHING_CHANGED, mark("A tambon code has 6 digits, such as 461601.")
    ),
    "setup.unknown_case": ErrorWords(mark("There is no case {case}."), NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.unknown_list": ErrorWords(
        mark("There is no single list that “{list}” names."), "", mark("See all lists: fieldapp office list-rows")
    ),
    "setup.unknown_entry": ErrorWords(
        mark("There is no single entry of the inbox that “{entry}” names."), "", mark("See all entries: fieldapp office inbox")
    ),
    "setup.not_of_the_office": ErrorWords(
        mark("{account} is not an account of the office."), NOTHING_CHANGED, mark("Name an officer, coordinator or administrator.")
    ),
    "setup.no_office_account": ErrorWords(
        mark("The district has no account of the office yet."),
        NOTHING_CHANGED,
        mark("Make one: fieldapp office add-account officer --role officer --name …"),
    ),
    "setup.assign_to_whom": ErrorWords(mark("It was not said to whom."), NOTHING_CHANGED, mark("Use --to ACCOUNT or --school CODE.")),
    "setup.not_assigned": ErrorWords(mark("The cases could not be assigned."), NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.not_merged": ErrorWords(
        mark("These two cases cannot be merged."),
        NOTHING_CHANGED,
        mark("Name two different cases, neither of which was merged into another."),
    ),
    "setup.output_needed": ErrorWords(mark("A spreadsheet needs a file."), "", mark("Say where with --output FILE.xlsx.")),
    "setup.cannot_write": ErrorWords(
        mark("The file {path} cannot be written."), "", mark("Check the path, and that it is not open elsewhere.")
    ),
    "setup.not_empty": ErrorWords(
        mark("The district has accounts of its own."),
        NOTHING_CHANGED,
        mark("Sample data only goes into an empty district: use another --data-dir."),
    ),
    "setup.sample_refused": ErrorWords(mark("The sample could not be built."), NOTHING_CHANGED, mark("Please report this fault.")),
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
        mark("The database was written by a newer version of the program."), NOTHING_CHANGED, mark("Install the newest version.")
    ),
    "setup.server_did_not_start": ErrorWords(
        mark("The district server did not start: {said}"), NOTHING_CHANGED, mark("Try again. If it stays so, look into its log.")
    ),
    "setup.form_refused": ErrorWords(
        mark("The form {path} cannot be published as it is."),
        NOTHING_CHANGED,
        mark("Mend the rows that are named above, then try again."),
    ),
    "setup.no_such_file": ErrorWords(mark("The file {path} does not exist."), "", mark("Check the path.")),
    "setup.disk_full": ErrorWords(
        mark("The disk of the server is full."), mark("What was stored before is safe."), mark("Make room on it, then try again.")
    ),
    "setup.bad_value": ErrorWords(mark("A value that was given cannot be used."), NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.not_found": ErrorWords(mark("What was asked for does not exist."), NOTHING_CHANGED, mark("Check what was typed.")),
    "setup.no_profile": ErrorWords(
        mark("Nobody has signed in on this computer yet, or not with that account."),
        NOTHING_CHANGED,
        mark("Open the app and sign in once, or check --account and --data-dir."),
    ),
    "setup.which_profile": ErrorWords(mark("There are {found} profiles on this computer."), "", mark("Say whose it is with --account.")),
}
