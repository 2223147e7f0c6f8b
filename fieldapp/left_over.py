"""`fieldapp office open-profile`: what lies unsent on a computer that nobody can open any more, taken over by the district.

A profile's key was sealed to the district when it was made (`store.keys`). With it the office opens a copy of the folder, writes the bundle
that the laptop would have written, along with what was set aside or only begun, and takes that in. The folder itself is not touched, and
doing it twice changes nothing. It stands beside the packages since it needs both sides.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from fieldapp.config import Settings
from fieldapp.errors import BundleError
from fieldapp.server.access import device_keys as known_keys
from fieldapp.server.command_line import printing
from fieldapp.server.command_line.office import desk_of, office_settings
from fieldapp.server.exchange.bundles import Desk, Taken, open_seal, take_in
from fieldapp.server.opening import open_district
from fieldapp.server.problems import Refused
from fieldapp.store import device_keys
from fieldapp.store.engine import Store
from fieldapp.store.keys import sealed_key
from fieldapp.store.opening import open_store
from fieldapp.sync.bundle_export import export_bundle
from fieldapp.sync.helpdesk_file import put_everything_aside
from fieldapp.wire.messages import DeviceKeys


def run_open_profile(settings: Settings, args: argparse.Namespace) -> int:
    settings = office_settings(settings, args)
    opened = open_district(settings, args.database_url, args.district)
    try:
        taken = open_profile(desk_of(settings, opened, args), args.folder)
    finally:
        opened.engine.dispose()
    sys.stdout.write(printing.bundle(taken, None) + "\n")
    return 0


def open_profile(desk: Desk, folder: Path) -> Taken:
    """Raises BundleError where the folder is not one of this district's, StoreError where it cannot be read."""
    key = open_seal(desk, sealed_key(folder))
    with tempfile.TemporaryDirectory(prefix="fieldapp-") as place:
        # Opening may bring its tables up to this program's; what was handed in stays as it was.
        copy = Path(place) / "profile"
        shutil.copytree(folder, copy)
        store = open_store(copy, key)
        try:
            if store.identity.district_id != desk.district.id:
                raise BundleError("bundle.other_district")
            _introduce(desk, store)
            file = Path(place) / "left-over.fieldapp"
            export_bundle(
                store,
                file,
                desk.clock,
                lambda _progress: None,
                lambda: False,
                lambda connection, writer: put_everything_aside(store, connection, writer),
            )
        finally:
            store.close()
        return take_in(desk, file, None)


def _introduce(desk: Desk, store: Store) -> None:
    """The laptop may never have told the district its keys. Who could open the profile with the district's own key need not doubt it."""
    with store.writing() as connection:
        keys = device_keys.read(connection) or device_keys.new_keys()
        device_keys.keep(connection, keys)
        device_keys.registered(connection, desk.clock())
    public = DeviceKeys(keys.signing_public, keys.sealing_public)
    try:
        with desk.engine.begin() as connection:
            known_keys.register(connection, desk.district.id, store.identity.person_id, store.identity.device_id, public, desk.clock())
    except Refused as refused:
        raise BundleError("bundle.unknown_sender") from refused
