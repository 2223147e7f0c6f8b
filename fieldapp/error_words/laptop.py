"""What may go wrong on the laptop itself: its data, pictures, bundles on a stick, and faults of the program."""

from collections.abc import Mapping

from fieldapp.error_words.sentences import NOTHING_CHANGED, STAYS_HERE, ErrorWords
from fieldapp.texts import mark

WORDS: Mapping[str, ErrorWords] = {
    "unexpected": ErrorWords(
        mark("Something went wrong in the program."),
        STAYS_HERE,
        mark("Try again. If it happens again, close the app, open it and tell the district office what you were doing."),
    ),
    "store.wrong_passphrase": ErrorWords(
        mark("The passphrase is not right."), "", mark("Check the keyboard language and Caps Lock, then type it again.")
    ),
    "store.wrong_pin": ErrorWords(mark("The PIN is not right."), "", mark("Type it again, or the passphrase of this computer.")),
    "store.pin_spent": ErrorWords(
        mark("There were too many wrong tries."), mark("The data is safe."), mark("Type the passphrase of this computer.")
    ),
    "store.too_many_tries": ErrorWords(
        mark("There were too many wrong tries."), mark("The data is safe."), mark("Try again in {seconds} seconds.")
    ),
    "store.damaged": ErrorWords(
        mark("The data file on this computer is damaged."),
        mark("What the district has received is safe there, and nothing was deleted from this computer."),
        mark("Do not delete anything. Please bring this computer to the district office."),
    ),
    "store.access_ended": ErrorWords(
        mark("The district has ended this person's access on this computer."),
        mark("What was not sent yet is kept here, and only the district can open it."),
        mark("Please bring this computer to the district office."),
    ),
    "store.contact_needed": ErrorWords(
        mark("This computer has not been in contact with the district for {days} days."),
        mark("Your data is safe, and what was not sent is sent first."),
        mark("Go where there is a signal and unlock again: it opens as soon as the district has answered."),
    ),
    "store.low_disk": ErrorWords(
        mark("The disk is nearly full, so nothing is downloaded."),
        mark("What you recorded was sent, and visits are still saved."),
        mark("Make room by deleting files you do not need."),
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
        mark("The data is open in another window of the app."), NOTHING_CHANGED, mark("Close the other window, then try again.")
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
    "store.draft_in_the_way": ErrorWords(
        mark("A visit to this child is begun and not finished."),
        mark("Both are kept: that one, and what the district did not take."),
        mark("Finish that visit or throw it away, then try again."),
    ),
    "store.handed_over": ErrorWords(
        mark("This child was handed over to someone else, so nothing new can be begun here."),
        mark("What you recorded and have not sent yet is kept and will be sent."),
        mark("The card says who looks after the child now."),
    ),
    "store.merged": ErrorWords(
        mark("This child was on the list twice, and the district has made one case of the two. Nothing new can be begun for this one."),
        mark("What you recorded and have not sent yet is kept and will be sent."),
        mark("The card says with whom the case goes on."),
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
    "paper.pdf_unreadable": ErrorWords(
        mark("This PDF cannot be read."), NOTHING_CHANGED, mark("Scan the sheets again, or take photos of them.")
    ),
    "paper.pdf_locked": ErrorWords(
        mark("This PDF is locked with a password."), NOTHING_CHANGED, mark("Save it without a password, or take photos of the sheets.")
    ),
    "paper.pdf_too_long": ErrorWords(
        mark("This PDF has more than {limit} pages."), NOTHING_CHANGED, mark("Scan the sheets in several smaller files.")
    ),
    "photo.finished": ErrorWords(
        mark("The visit of this photo is finished; what is recorded is not changed any more."),
        mark("The photo is as it was."),
        mark("If a face must not be seen, tell the district office which photo it is."),
    ),
    "photo.forgotten": ErrorWords(
        mark("The district lost this picture when it was restored from a backup, and it is no longer on this computer."),
        mark("The visit and the other photos are safe."),
        mark("If you still have the picture elsewhere, please bring it to the district office."),
    ),
    "photo.missing": ErrorWords(
        mark("The picture file is no longer there."), mark("The visit and the other photos are safe."), mark("Choose the picture again.")
    ),
    "photo.changed": ErrorWords(
        mark("This file is not the picture that was shown any more."),
        mark("The visit and the other photos are safe."),
        mark("Look for new pictures again, then choose it anew."),
    ),
    "photo.no_visit": ErrorWords(
        mark("The visit for this picture was thrown away."),
        mark("The picture is still on the phone, as it was."),
        mark("Choose another visit for it."),
    ),
    "bundle.not_a_bundle": ErrorWords(
        mark("This is not a file of this app."), NOTHING_CHANGED, mark("Choose the file that was exported. Its name ends in .fieldapp.")
    ),
    "bundle.newer": ErrorWords(
        mark("The file was written by a newer version of the app."), NOTHING_CHANGED, mark("Install the newest version, then try again.")
    ),
    "bundle.damaged": ErrorWords(
        mark("The file is damaged or not complete."),
        mark("Nothing was taken in. What was recorded is still on the computer it came from."),
        mark("Copy it again, or export it once more."),
    ),
    "bundle.not_for_you": ErrorWords(
        mark("This answer is for someone else, or for another computer."),
        NOTHING_CHANGED,
        mark("Choose the answer to a file that was exported here."),
    ),
    "bundle.other_district": ErrorWords(
        mark("This file belongs to another district."), NOTHING_CHANGED, mark("Check that the right file was chosen.")
    ),
    "bundle.wrong_direction": ErrorWords(
        mark("This file goes the other way: records are for the district, answers for the computer that exported."),
        NOTHING_CHANGED,
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
        STAYS_HERE,
        mark("Sync once over the internet; after that it also works with files."),
    ),
    "bundle.nothing_aside": ErrorWords(
        mark("The district has this by now, or it waits to be sent again."), NOTHING_CHANGED, mark("No file is needed any more.")
    ),
    "bundle.no_access": ErrorWords(
        mark("The file cannot be read or written."),
        STAYS_HERE,
        mark("Check that the USB stick is plugged in, not full and not locked, then try again."),
    ),
}
