"""The file for the helpdesk: one thing that the district did not take, with its pictures, sealed to the district and signed as a bundle is.

Nothing here changes what is sent or received, and no answer is waited for.
"""

import datetime as dt
import platform
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection

from fieldapp import __version__
from fieldapp.domain.canonical import sha256_hex
from fieldapp.errors import BundleError
from fieldapp.store import device_keys, helpdesk
from fieldapp.store.engine import Store
from fieldapp.store.helpdesk import Aside
from fieldapp.sync.bundle_export import head_of, pieces_of
from fieldapp.sync.practice import refuse_practice
from fieldapp.wire import codec
from fieldapp.wire.bundle import BundleWriter, Direction
from fieldapp.wire.bundle_file import written_whole
from fieldapp.wire.bundle_parts import Part, SetAside, SetAsidePicture


def write_helpdesk_file(store: Store, subject: str, file: Path, now: Callable[[], dt.datetime]) -> int:
    """Returns the file's size. Raises BundleError: not_registered, no_access; bundle.nothing_aside where the district has it by now."""
    refuse_practice(store)
    try:
        with written_whole(file) as out, store.reading() as connection:
            aside = helpdesk.set_aside(connection, store.district_id, subject)
            if aside is None:
                raise BundleError("bundle.nothing_aside")
            keys = device_keys.read(connection)
            if keys is None or device_keys.registered_at(connection) is None:
                raise BundleError("bundle.not_registered")
            writer = BundleWriter(out, Direction.TO_DISTRICT, store.district_id, store.identity.sealing_key, keys.signing)
            writer.put(Part.HEAD, codec.encode(head_of(store, connection, keys, now())))
            put_aside(store, writer, aside)
            writer.end()
            size = out.tell()
    except OSError as error:
        raise BundleError("bundle.no_access") from error
    with store.writing() as connection:
        helpdesk.remember(connection, subject, now())
    return size


def put_everything_aside(store: Store, connection: Connection, writer: BundleWriter) -> int:
    """All that was set aside and all that was begun, for a bundle that empties a laptop. How many they are."""
    asides = [helpdesk.set_aside(connection, store.district_id, subject) for subject in helpdesk.all_aside(connection, store.district_id)]
    found = [aside for aside in asides if aside] + list(helpdesk.begun_visits(connection))
    for aside in found:
        put_aside(store, writer, aside)
    return len(found)


def put_aside(store: Store, writer: BundleWriter, aside: Aside) -> None:
    pictures = list(_pictures(store, aside))
    message = SetAside(
        id=aside.id,
        kind=aside.kind,
        body=aside.body,
        case_id=aside.case_id,
        code=aside.code,
        field=aside.field,
        refused_at=aside.refused_at,
        app_version=__version__,
        system=f"{platform.system()} {platform.release()}",
        pictures=tuple(picture for picture, _pieces in pictures),
        pictures_missing=len(aside.photos) - len(pictures),
    )
    writer.put(Part.SET_ASIDE, codec.encode(message))
    for _picture, pieces in pictures:
        for piece in pieces:
            writer.put(Part.SET_ASIDE_PIECE, piece)


def _pictures(store: Store, aside: Aside) -> Iterator[tuple[SetAsidePicture, list[bytes]]]:
    """Those whose bytes are on this laptop. Hash and size are of the bytes, whatever the record says of them."""
    for photo in aside.photos:
        pieces = list(pieces_of(store, photo.sha256))
        if pieces:
            content = b"".join(pieces)
            yield SetAsidePicture(photo.id, sha256_hex(content), len(content), photo.kind.value), pieces
