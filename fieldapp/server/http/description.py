"""The description of the API at /openapi.json: what FastAPI reads off the handlers, and beside it what holds for every request.

A handler says with `refusals` which codes are its own; those of the rules around all handlers are added here.
"""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI

from fieldapp.server.problems import PROBLEMS
from fieldapp.wire import codec, version
from fieldapp.wire.line import API, PROBLEM_TYPE, RECEIPT_HEADER
from fieldapp.wire.messages import ProblemDetails

_PROBLEM = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
_EVERYWHERE = ("wrong_request", "too_large", "wrong_encoding", "protocol_unsupported", "server_failed", "server_busy")
_WITH_SESSION = (
    "sign_in.session_ended",
    "sign_in.account_expired",
    "sign_in.account_closed",
    "sign_in.device_revoked",
    "not_allowed",
)
_WITH_VALUES = ("not_json", "wrong_value")
# Whom nobody knows yet.
_PUBLIC = {(f"{API}/hello", "get"), (f"{API}/session", "post"), (f"{API}/session/refresh", "post")}
_SESSION = "session"


def refusals(*codes: str) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses`: the codes that are its own."""
    statuses: dict[int | str, list[str]] = {}
    for code in codes:
        statuses.setdefault(PROBLEMS[code][0], []).append(code)
    return {
        status: {"description": "; ".join(f"`{code}`: {PROBLEMS[code][1]}" for code in found), "content": _PROBLEM}
        for status, found in statuses.items()
    }


class Described(FastAPI):
    """An application that says of itself what is true of every request."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = _completed(super().openapi())
        return self.openapi_schema


def _completed(found: dict[str, Any]) -> dict[str, Any]:
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    components = found.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["ProblemDetails"] = codec.json_schema(ProblemDetails)
    schemas["ProblemDetails"]["properties"]["code"]["enum"] = sorted(PROBLEMS)
    components["securitySchemes"] = {_SESSION: {"type": "http", "scheme": "bearer"}}
    return found


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    takes_values = "requestBody" in operation or "422" in responses
    if PROBLEM_TYPE not in responses.get("422", {}).get("content", {}):
        responses.pop("422", None)  # FastAPI's own, which is never sent
    codes = [*_EVERYWHERE, *(_WITH_VALUES if takes_values else ())]
    may_be_silent = method == "options" or path == f"{API}/hello"
    if (path, method) not in _PUBLIC and method != "options":
        operation["security"] = [{_SESSION: []}]
        codes += _WITH_SESSION
    operation.setdefault("parameters", []).append(
        {
            "name": version.HEADER,
            "in": "header",
            "required": not may_be_silent,
            "schema": {"type": "string", "enum": [str(number) for number in range(version.OLDEST, version.NEWEST + 1)]},
        }
    )
    _add(responses, codes)
    for response in responses.values():
        response.setdefault("headers", {})[version.HEADER] = {"required": True, "schema": {"type": "string"}}


def _add(responses: dict[str, Any], codes: Iterable[str]) -> None:
    for status, response in refusals(*codes).items():
        known = responses.get(str(status))
        if known is None:
            responses[str(status)] = response
        elif PROBLEM_TYPE in known.get("content", {}):
            known["description"] = f"{known['description']}; {response['description']}"


def header(name: str, *, required: bool = True, **schema: Any) -> dict[str, Any]:
    """For `openapi_extra`: a header that the request carries."""
    return {"name": name, "in": "header", "required": required, "schema": {"type": "string", **schema}}


RECEIPT = {RECEIPT_HEADER: {"description": "Base64url of the photo's Receipt, once every byte is there", "schema": {"type": "string"}}}
