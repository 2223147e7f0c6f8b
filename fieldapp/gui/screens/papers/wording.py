"""What is said of sheets: from the use case's results to words, without a widget."""

from fieldapp import phrases, words
from fieldapp.domain.care.consent import ConsentPurpose
from fieldapp.domain.care.paper import PaperOf
from fieldapp.error_words import words_for
from fieldapp.gui.theme.tokens import Tone
from fieldapp.texts import _, mark, ngettext
from fieldapp.usecases.papers.filing import Filed, LooseReason, LooseSheet, Sheet
from fieldapp.usecases.papers.printing import PaperLine

_REASONS = {
    LooseReason.NO_CODE: mark("No code could be read on it."),
    LooseReason.ONLY_OTHERS: mark("The only codes on it are of something else, such as payment or a chat group."),
    LooseReason.DAMAGED: mark("Its code is damaged."),
    LooseReason.NEWER: mark("Its code is of a newer version of the app."),
    LooseReason.OTHER_DISTRICT: mark("It is a sheet of another district."),
    LooseReason.UNKNOWN: mark("What it was printed from is not on this computer."),
    LooseReason.LEFT: mark("Its child is no longer yours."),
    LooseReason.SEVERAL: mark("There are sheets of several papers on one picture."),
    LooseReason.HERE_ALREADY: mark("This sheet is here already, with another picture."),
    LooseReason.MISFILED: mark("It had been filed wrongly."),
}
_NEXT = {
    LooseReason.OTHER_DISTRICT: mark("Give the paper to that district."),
    LooseReason.LEFT: mark("Give the paper to who has the child now, or to the office."),
    LooseReason.SEVERAL: mark("Take a photo of each sheet on its own."),
    LooseReason.NEWER: mark("Install the newest version, or find it here."),
}


def reason(code: str) -> str:
    return _(_REASONS[LooseReason(code)]) if code in set(LooseReason) else _(_REASONS[LooseReason.NO_CODE])


def what_next(code: str) -> str:
    """'' where it is to be found out here whose the sheet is."""
    return _(_NEXT[LooseReason(code)]) if code in {one.value for one in _NEXT} else ""


def paper(kind: PaperOf) -> str:
    return words.of(kind)


def title(line: PaperLine) -> str:
    """A form's title, a letter with its receiver, what a consent is to."""
    if line.of_kind is PaperOf.FORM:
        return line.title
    if line.of_kind is PaperOf.CONSENT and isinstance(line.purpose, ConsentPurpose):
        return f"{paper(line.of_kind)}: {words.of(line.purpose)}"
    return f"{paper(line.of_kind)}: {line.title}"


def outcome(sheet: Sheet) -> tuple[str, Tone]:
    """In a word."""
    if sheet.error is not None:
        return _("Not read"), Tone.DANGER
    if sheet.known:
        return _("Here already"), Tone.NEUTRAL
    if sheet.loose is not None:
        return _("To be sorted"), Tone.WARNING
    if any(one.outdated for one in sheet.filed):
        return _("An older version"), Tone.WARNING
    return _("Filed"), Tone.GOOD


def about(sheet: Sheet) -> str:
    """To whom it was filed, or which file it is."""
    if sheet.filed:
        return " · ".join(f"{one.child_name} · {paper(one.of_kind)}" for one in sheet.filed)
    if sheet.count > 1:
        return _("{file}, page {number}").format(file=sheet.file, number=sheet.number)
    return sheet.file


def detail(sheet: Sheet) -> str:
    if sheet.error is not None:
        said = words_for(sheet.error)
        return " ".join(part for part in (said.happened, said.next_step) if part)
    if sheet.known:
        return _("The very same picture was taken in before.")
    if sheet.loose is not None:
        return " ".join(part for part in (reason(sheet.loose), what_next(sheet.loose)) if part)
    parts = [filed(one) for one in sheet.filed]
    if sheet.others:
        parts.append(ngettext("{count} code of something else was ignored.", "{count} codes of something else were ignored.", sheet.others))
    return " ".join(parts).format(count=sheet.others)


def filed(one: Filed) -> str:
    pages = _("Sheet {number} of {count}").format(number=one.page, count=one.pages)
    if one.outdated:
        return f"{pages}. " + _("It was signed before the record changed. It is kept, and counts as an older version.")
    if one.stepped:
        return f"{pages}. " + _("The referral counts as signed now.")
    if one.of_kind is PaperOf.SLIP:
        return f"{pages}. " + _("Record on the card what the receiver answered.")
    if not one.signed:
        return f"{pages}. " + _("The signatures are on the last sheet.")
    return f"{pages}. " + _("The signature is here.")


def summary(sheets: tuple[Sheet, ...]) -> str:
    done, loose = sum(bool(one.filed) for one in sheets), sum(one.loose is not None for one in sheets)
    parts = [ngettext("{count} sheet filed", "{count} sheets filed", done).format(count=done)]
    if loose:
        parts.append(to_sort(loose))
    return " · ".join(parts)


def to_sort(count: int) -> str:
    return ngettext("{count} sheet to sort", "{count} sheets to sort", count).format(count=count)


def taken(sheet: LooseSheet) -> str:
    local = sheet.taken_at.astimezone()
    return _("Taken in {day}, {time}").format(day=phrases.day(local.date()), time=phrases.time(sheet.taken_at))
