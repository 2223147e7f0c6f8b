"""What must be on board, in words: each line is fine, or says what to do. Nothing of it keeps anybody from leaving."""

import datetime as dt

from fieldapp.gui.screens.today.readiness_card import Check
from fieldapp.gui.screens.today.readiness_card import checks as laptop_checks
from fieldapp.texts import _, ngettext
from fieldapp.usecases.trip_packs import TripPack

# A day in the field, with the screen on only at the houses.
_ENOUGH_BATTERY = 80


def checks(pack: TripPack, now: dt.datetime) -> tuple[Check, ...]:
    return (
        *_children(pack),
        _forms(pack),
        *_photos(pack),
        _visits(pack),
        _unsent(pack),
        *laptop_checks(pack.readiness, now),
        *_battery(pack),
    )


def _children(pack: TripPack) -> tuple[Check, ...]:
    count = len(pack.stops)
    here = Check(
        ngettext("{count} child to visit is here", "{count} children to visit are here", count).format(count=count), good=count > 0
    )
    if not count:
        here = Check(_("Nobody is chosen yet: choose villages or children"), good=False)
    gone = ngettext("{count} chosen child has left this laptop", "{count} chosen children have left this laptop", pack.gone)
    return (here, Check(gone.format(count=pack.gone), good=False)) if pack.gone else (here,)


def _forms(pack: TripPack) -> Check:
    if pack.forms:
        return Check(ngettext("{count} form is here", "{count} forms are here", pack.forms).format(count=pack.forms), good=True)
    return Check(_("No form is here: sync before leaving. Visits can be recorded all the same"), good=False)


def _photos(pack: TripPack) -> tuple[Check, ...]:
    if not pack.photographed:
        return ()
    if not pack.photos_away:
        said = ngettext("Photo of {count} house is here", "Photos of {count} houses are here", pack.photographed)
        return (Check(said.format(count=pack.photographed), good=True),)
    away = ngettext(
        "The photo of {count} house is only at the district: note down the way",
        "The photos of {count} houses are only at the district: note down the way",
        pack.photos_away,
    )
    return (Check(away.format(count=pack.photos_away), good=False),)


def _visits(pack: TripPack) -> Check:
    said = ngettext("{count} visited before: what was found is here", "{count} visited before: what was found is here", pack.visited)
    return Check(said.format(count=pack.visited) if pack.visited else _("Nobody was visited before"), good=True)


def _unsent(pack: TripPack) -> Check:
    count = pack.unsent.total
    if not count:
        return Check(_("Everything was sent"), good=True)
    said = ngettext("{count} record waits to be sent: sync before leaving", "{count} records wait to be sent: sync before leaving", count)
    return Check(said.format(count=count), good=False)


def _battery(pack: TripPack) -> tuple[Check, ...]:
    if pack.battery is None:
        return ()
    percent = pack.battery.percent
    if percent >= _ENOUGH_BATTERY:
        return (Check(_("Battery {percent} %").format(percent=percent), good=True),)
    if pack.battery.plugged_in:
        return (Check(_("Battery {percent} %, charging: leave it plugged in").format(percent=percent), good=False),)
    return (Check(_("Battery {percent} %: charge it before leaving").format(percent=percent), good=False),)
