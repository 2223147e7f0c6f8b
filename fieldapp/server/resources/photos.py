"""Photos: tus 1.0 uploads, receipts, and the bytes by hash. Handlers here hold no transaction while bytes move."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from fieldapp.domain.photo import Photo
from fieldapp.domain.receipt import Receipt
from fieldapp.server import audit
from fieldapp.server.access import auth
from fieldapp.server.access.scope import Caller
from fieldapp.server.http.description import refusals
from fieldapp.server.http.handling import ArrivedBody, Body, RawBody, Server, ThisServer, Work, bearer_token, caller_of, handler, reply
from fieldapp.server.photos import group as photo_group
from fieldapp.server.photos import receipts as photo_receipts
from fieldapp.server.photos import tus, tus_description, uploads
from fieldapp.server.photos.seeing import seen_by
from fieldapp.server.photos.store import photo_key
from fieldapp.server.photos.taking import Held
from fieldapp.server.photos.uploads import Upload
from fieldapp.server.problems import Refused, require_text
from fieldapp.wire import codec
from fieldapp.wire import photo_group as photo_group_body
from fieldapp.wire.bundle_parts import PhotoAnswers
from fieldapp.wire.line import API, RECEIPT_HEADER

router = APIRouter(prefix="/photos", tags=["photos"])

UploadId = Annotated[str, Path(max_length=64)]
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


@router.options("", status_code=204, response_class=Response, **tus_description.ABILITIES)
@router.options("/{upload_id}", status_code=204, response_class=Response, **tus_description.ABILITIES)
def abilities() -> Response:
    return Response(status_code=204, headers=tus.ABILITIES)


@router.post("", status_code=201, response_class=Response, **tus_description.CREATE)
def create(request: Request, server: ThisServer, body: ArrivedBody) -> Response:
    """Announce a photo and, with a body, send it at once. Bytes that the district already holds are not asked for again."""
    tus.require_version(request.headers)
    length, announced = tus.length(request.headers), tus.metadata(request.headers)
    if body.content:
        tus.require_bytes(request.headers)
    with server.reading() as connection:
        caller = auth.authenticate(connection, server.district.id, bearer_token(request), server.clock())
        photo = uploads.expected_photo(connection, server.district.id, caller, announced.get("photo_id", ""))
    _require_match(photo, length, announced.get("sha256", ""))
    if photo.stored:
        return _created(photo.id, length, server.intake.sign_for(Held(photo.id, photo.sha256, photo.size, photo.media_type)))
    if len(body.content) == length:
        tus.check_checksum(request.headers, body.content)
        return _created(photo.id, length, server.intake.take(photo.id, photo.sha256, body.content))
    adopted = None if body.content else server.intake.adopt(photo)
    if adopted:
        return _created(photo.id, length, adopted)
    with server.engine.begin() as connection:
        upload = uploads.create(connection, server.district.id, caller, photo, server.clock())
    if body.content:
        upload = _append(server, caller, upload, request, body)
    headers = {**tus.ALWAYS, "Location": f"{API}/photos/{upload.id}", "Upload-Offset": str(upload.offset)}
    return Response(status_code=201, headers={**headers, "Upload-Expires": tus.http_date(upload.expires_at)})


@router.post("/together", response_model=PhotoAnswers, **tus_description.TOGETHER)
def together(request: Request, server: ThisServer, body: RawBody) -> Response:
    """Several small photos: a line of JSON that names them (`PhotoGroup`), then their bytes. One answer each, in their order."""
    if request.headers.get("Content-Type") != photo_group_body.CONTENT_TYPE:
        raise Refused("wrong_encoding", "Content-Type")
    with server.reading() as connection:
        caller = auth.authenticate(connection, server.district.id, bearer_token(request), server.clock())
        brought = photo_group_body.unpack(body)
        if len(brought) > photo_group_body.MAX_TOGETHER:
            raise Refused("batch_too_large", "photos", limit=photo_group_body.MAX_TOGETHER)
        ids = [head.photo_id for head, _ in brought]
        require_text("photo_id", *ids)
        expected = uploads.expected_photos(connection, server.district.id, caller, ids)
    return reply(PhotoAnswers(photo_group.answers(server.intake, expected, brought)))


@router.head("/{upload_id}", response_class=Response, **tus_description.OFFSET)
def offset(request: Request, server: ThisServer, upload_id: UploadId) -> Response:
    """How far an upload has come. One whose last byte came just before a crash is finished now."""
    tus.require_version(request.headers)
    caller = caller_of(server, request)
    upload = _find(server, caller, upload_id)
    return _progress(server, caller, upload, 200)


@router.patch("/{upload_id}", status_code=204, response_class=Response, **tus_description.APPEND)
def append(request: Request, server: ThisServer, upload_id: UploadId, body: ArrivedBody) -> Response:
    """Send the next bytes; what arrived of a request whose line broke is kept."""
    tus.require_version(request.headers)
    tus.require_bytes(request.headers)
    caller = caller_of(server, request)
    upload = _find(server, caller, upload_id)
    if tus.number(request.headers, "Upload-Offset") != upload.offset:
        raise Refused("upload.wrong_offset", offset=upload.offset)
    if body.content:
        upload = _append(server, caller, upload, request, body)
    return _progress(server, caller, upload, 204)


@router.delete("/{upload_id}", status_code=204, response_class=Response, **tus_description.END)
def end(request: Request, server: ThisServer, upload_id: UploadId) -> Response:
    tus.require_version(request.headers)
    caller = caller_of(server, request)
    upload = _find(server, caller, upload_id)
    if upload.id == upload.photo_id:
        raise Refused("not_allowed")  # the photo itself, which is stored for good
    _drop(server, upload)
    return Response(status_code=204, headers=tus.ALWAYS)


@router.get("/{photo_id}/receipt", response_model=Receipt, responses=refusals("unknown_record", "not_yours"))
@handler()
def receipt(work: Work, photo_id: UploadId) -> Response:
    """The receipt of a photo, for who lost it on the way."""
    photo = uploads.expected_photo(work.connection, work.district_id, work.caller, photo_id)
    found = photo_receipts.find(work.connection, work.district_id, [photo.id]).get(photo.id)
    if found is None:
        raise Refused("unknown_record", "photo_id")
    return reply(found)


@router.get("/by-hash/{sha256}", response_class=Response, **tus_description.PICTURE)
def picture(request: Request, server: ThisServer, sha256: Sha256) -> Response:
    """The bytes of a photo in the caller's scope; of one that answers a form, where the caller may read the answer."""
    caller = caller_of(server, request)
    with server.engine.begin() as connection:
        media_type, cases = seen_by(connection, server.district.id, caller, sha256)
        audit.note(
            connection,
            server.district.id,
            audit.Action.VIEWED,
            [("photo", {"sha256": sha256, "cases": cases})],
            person_id=caller.person_id,
            device_id=caller.device_id,
            at=server.clock(),
        )
    content = server.photos.get(photo_key(server.district.id, sha256))
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return Response(content, headers=headers, media_type=media_type)


def _require_match(photo: Photo, length: int, sha256: str) -> None:
    if sha256 != photo.sha256:
        raise Refused("mismatch", "sha256")
    if length != photo.size:
        raise Refused("mismatch", "Upload-Length")


def _find(server: Server, caller: Caller, upload_id: str) -> Upload:
    with server.engine.begin() as connection:
        return uploads.find(connection, server.district.id, caller, upload_id, server.clock())


def _append(server: Server, caller: Caller, upload: Upload, request: Request, body: Body) -> Upload:
    if upload.offset + len(body.content) > upload.length:
        raise Refused("wrong_value", "Upload-Length")
    if not body.cut:
        tus.check_checksum(request.headers, body.content)
    # First the bytes under a name of their own, then the row: two requests at once cannot spoil each other's.
    part = uploads.new_part(server.district.id, upload.id)
    server.photos.put(part, body.content)
    try:
        with server.engine.begin() as connection:
            return uploads.append(connection, server.district.id, caller, upload, part, len(body.content), server.clock())
    except Refused:
        server.photos.remove([part])
        raise


def _progress(server: Server, caller: Caller, upload: Upload, status: int) -> Response:
    announced = {"photo_id": upload.photo_id, "sha256": upload.sha256, "filetype": upload.media_type}
    headers = {
        **tus.ALWAYS,
        "Upload-Offset": str(upload.offset),
        "Upload-Length": str(upload.length),
        "Upload-Metadata": tus.metadata_line(announced),
        "Upload-Expires": tus.http_date(upload.expires_at),
    }
    if upload.complete:
        headers[RECEIPT_HEADER] = _receipt_header(_finish(server, caller, upload))
    return Response(status_code=status, headers=headers)


def _finish(server: Server, caller: Caller, upload: Upload) -> Receipt:
    """The photo's receipt; its bytes are put together where nobody has done it yet."""
    if upload.finished:
        return _given_receipt(server, upload)
    try:
        content = b"".join(server.photos.get(part) for part in upload.parts)
    except FileNotFoundError:
        # Another request that saw the last byte (this one came because the first was slow to answer) has ended it meanwhile.
        return _given_receipt(server, _find(server, caller, upload.id))
    try:
        receipt = server.intake.take(upload.photo_id, upload.sha256, content)
    except Refused:
        # These bytes will never be the photo; the laptop starts anew.
        _drop(server, upload)
        raise
    with server.engine.begin() as connection:
        uploads.finish(connection, server.district.id, upload)
    server.photos.remove(list(upload.parts))
    return receipt


def _given_receipt(server: Server, upload: Upload) -> Receipt:
    with server.reading() as connection:
        given = photo_receipts.find(connection, server.district.id, [upload.photo_id]).get(upload.photo_id)
    if given is None:
        raise Refused("upload.gone")
    return given


def _drop(server: Server, upload: Upload) -> None:
    with server.engine.begin() as connection:
        uploads.end(connection, server.district.id, upload.id)
    server.photos.remove(list(upload.parts))


def _created(photo_id: str, length: int, receipt: Receipt) -> Response:
    headers = {**tus.ALWAYS, "Location": f"{API}/photos/{photo_id}", "Upload-Offset": str(length)}
    return Response(status_code=201, headers={**headers, RECEIPT_HEADER: _receipt_header(receipt)})


def _receipt_header(receipt: Receipt) -> str:
    return tus.encoded(codec.encode(receipt))
