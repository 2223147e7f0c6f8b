"""The ladder as lines to print: one list of captions and figures that the terminal's table and the spreadsheet both lay out."""

from dataclasses import dataclass
from decimal import Decimal

from fieldapp.domain.ladder import Bucket, Ladder, Rounding, Share, Total
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.reports.ladder import LadderReport
from fieldapp.texts import _, mark

_LISTS = {ListType.NEVER_ENROLLED: mark("Never enrolled"), ListType.DROPPED_OUT: mark("Dropped out")}
_BUCKETS = {
    Bucket.RETURNED: mark("Returned to school"),
    Bucket.NOT_RETURNED: mark("Not returned to school"),
    Bucket.WANTS_RETURN: mark("Wants to return"),
    Bucket.NOT_FOUND: mark("Not found"),
}
_BASES = {"listed": mark("of the listed"), "traced": mark("of the traced")}
_ROUNDINGS = {Rounding.HALF_UP: mark("rounded half up"), Rounding.TRUNCATE: mark("truncated")}
# A bucket that only some presets use is printed only where they use it.
_ALWAYS = (Bucket.RETURNED, Bucket.NOT_RETURNED)

Figures = Ladder | Total


@dataclass(frozen=True, slots=True)
class Line:
    """One figure across the lists. `percents` is empty where a percentage makes no sense, `base` names what they are shares of."""

    caption: str
    level: int
    counts: tuple[int, ...]
    percents: tuple[Decimal | None, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class CauseLines:
    """The ranked causes of one list."""

    caption: str
    lines: tuple[tuple[int, str, int], ...]


def title() -> str:
    return _("Ladder of tracing: bringing children back to school")


def rounding_text(rounding: Rounding) -> str:
    return _("Percentages are {rounding}").format(rounding=_(_ROUNDINGS[rounding]))


def list_captions() -> tuple[str, ...]:
    """The names of the columns: the lists, then all together."""
    return (*(_(_LISTS[list_type]) for list_type in OBEC_LISTS), _("Total"))


def lines(report: LadderReport) -> tuple[Line, ...]:
    figures: tuple[Figures, ...] = (*report.ladders, report.total)
    traced = tuple(one.traced_share for one in figures)
    in_progress = tuple(one.in_progress_share for one in figures)
    return (
        Line(_("Listed"), 0, tuple(one.listed for one in figures)),
        _line(report, _("Traced"), 0, traced),
        *_parts(report, figures, (Bucket.RETURNED, Bucket.NOT_RETURNED, Bucket.WANTS_RETURN)),
        _line(report, _("Still being traced"), 0, in_progress),
        *_parts(report, figures, (Bucket.NOT_FOUND,)),
    )


def causes(report: LadderReport) -> tuple[CauseLines, ...]:
    """Per list, the main causes of those who did not return, most frequent first."""
    return tuple(
        CauseLines(
            _("Causes: {list}").format(list=_(_LISTS[ladder.list_type])),
            tuple((rank, report.cause_name(cause.code), cause.count) for rank, cause in enumerate(ladder.causes, start=1)),
        )
        for ladder in report.ladders
        if ladder.causes
    )


def _parts(report: LadderReport, figures: tuple[Figures, ...], buckets: tuple[Bucket, ...]) -> list[Line]:
    shown = [bucket for bucket in buckets if bucket in _ALWAYS or any(one.buckets[bucket] for one in figures)]
    return [_line(report, _(_BUCKETS[bucket]), 1, tuple(one.share(bucket) for one in figures)) for bucket in shown]


def _line(report: LadderReport, caption: str, level: int, shares: tuple[Share, ...]) -> Line:
    return Line(
        caption,
        level,
        tuple(share.count for share in shares),
        tuple(share.percent(report.rounding) for share in shares),
        _(_BASES[shares[0].base_name]),
    )
