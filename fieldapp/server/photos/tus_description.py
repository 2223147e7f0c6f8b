"""How tus looks in the API's description: headers that requests carry and answers bring."""

from typing import Any

from fieldapp.server.http.description import RECEIPT, header, refusals
from fieldapp.server.photos import tus

_VERSION = header("Tus-Resumable", enum=[tus.VERSION])
_CHECKSUM = header("Upload-Checksum", required=False, pattern="^sha256 [A-Za-z0-9+/]{43}=$")
_BYTES = {tus.CONTENT_TYPE: {"schema": {"type": "string", "format": "binary"}}}
_COUNT = "^[0-9]{1,12}$"
_NUMBER = {"schema": {"type": "string", "pattern": _COUNT}}
_EXPIRES = {"Upload-Expires": {"schema": {"type": "string"}}}
_OFFSET = {"Upload-Offset": {"required": True, **_NUMBER}, **_EXPIRES, **RECEIPT}
_ANNOUNCED = {"Upload-Length": {"required": True, **_NUMBER}, "Upload-Metadata": {"required": True, "schema": {"type": "string"}}}
_TAKEN = ("upload.wrong_version", "wrong_value", "photo.wrong_hash", "photo.unreadable", "wrong_encoding")

CREATE: dict[str, Any] = {
    "openapi_extra": {
        "parameters": [_VERSION, header("Upload-Length", pattern=_COUNT), header("Upload-Metadata"), _CHECKSUM],
        "requestBody": {"required": False, "content": _BYTES},
    },
    "responses": {
        201: {
            "description": "Upload created, or photo stored (then with a receipt)",
            "headers": {"Location": {"required": True, "schema": {"type": "string"}}, **_OFFSET},
        },
        **refusals(*_TAKEN, "mismatch", "unknown_record", "not_yours"),
    },
}
APPEND: dict[str, Any] = {
    "openapi_extra": {
        "parameters": [_VERSION, header("Upload-Offset", pattern=_COUNT), _CHECKSUM],
        "requestBody": {"required": False, "content": _BYTES},
    },
    "responses": {
        204: {"description": "The bytes are kept", "headers": {**_OFFSET, **_ANNOUNCED}},
        **refusals(*_TAKEN, "upload.wrong_offset", "upload.gone"),
    },
}
OFFSET: dict[str, Any] = {
    "openapi_extra": {"parameters": [_VERSION]},
    "responses": {
        200: {"description": "How far it has come", "headers": {**_OFFSET, **_ANNOUNCED}},
        **refusals("upload.wrong_version", "upload.gone", "photo.wrong_hash", "photo.unreadable"),
    },
}
END: dict[str, Any] = {
    "openapi_extra": {"parameters": [_VERSION]},
    "responses": {204: {"description": "It is no more"}, **refusals("upload.wrong_version", "upload.gone")},
}
TOGETHER: dict[str, Any] = {
    "openapi_extra": {
        "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
    },
    "responses": refusals("batch_too_large", "wrong_encoding", "wrong_value"),
}
ABILITIES: dict[str, Any] = {
    "responses": {204: {"description": "What is spoken here", "headers": {name: {"schema": {"type": "string"}} for name in tus.ABILITIES}}}
}
PICTURE: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The picture's bytes",
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("image/jpeg", "image/png", "image/webp")},
        },
        **refusals("unknown_record"),
    }
}
