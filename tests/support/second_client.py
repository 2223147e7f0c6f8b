"""A client written from PROTOCOL.md alone, by someone who never saw the program: it knows requests, NaCl and JSON, and nothing of ours.

Section numbers are those of the page.
"""

import base64
import datetime as dt
import hashlib
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

PROTOCOL = {"Fieldapp-Protocol": "1"}
TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {"Content-Type": "application/offset+octet-stream"}


def new_id() -> str:
    """A UUID of version 7 (§1)."""
    number = (int(time.time() * 1000) << 80) | uuid.uuid4().int & ((1 << 80) - 1)
    return str(uuid.UUID(int=number & ~(0xF << 76) & ~(0x3 << 62) | (0x7 << 76) | (0x2 << 62)))


def canonical(value: Any) -> bytes:
    """§3, canonical form."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


class Refused(Exception):
    """§1, errors."""

    def __init__(self, problem: Any) -> None:
        super().__init__(problem["code"])
        self.code: str = problem["code"]
        self.data: Any = problem["data"]


class NotTheDistrict(Exception):
    """An answer without the protocol's header (§1)."""


@dataclass
class SecondClient:
    address: str
    device_id: str = field(default_factory=new_id)
    hello: Any = None
    session: Any = None
    cursor: int = 0
    mark: str = ""
    records: dict[tuple[str, str], Any] = field(default_factory=dict)
    # What was sent, byte for byte, by the event's or photo's id: the hash of what lies here.
    sent: dict[str, str] = field(default_factory=dict)
    receipts: dict[str, Any] = field(default_factory=dict)
    # The highest number of the receipts of each run since the last pull (§5, runs).
    proofs: dict[str, int] = field(default_factory=dict)

    def call(self, method: str, path: str, *, body: Any = None, content: bytes | None = None, **headers: str) -> requests.Response:
        sent = {**PROTOCOL, **headers}
        if body is not None:
            content, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        if self.session:
            sent["Authorization"] = f"Bearer {self.session['access_token']}"
        answer = requests.request(method, f"{self.address}/api/v1{path}", data=content, headers=sent, timeout=30, allow_redirects=False)
        if answer.headers.get("Fieldapp-Protocol") != "1":
            raise NotTheDistrict
        if answer.status_code >= 300:
            raise Refused(answer.json() if answer.content else {"code": str(answer.status_code), "data": {}})
        return answer

    # §2

    def sign_in(self, account: str, password: str) -> None:
        if self.hello is None:
            self.hello = self.call("GET", "/hello").json()
        assert self.hello["oldest_protocol"] <= 1 <= self.hello["newest_protocol"]
        asked = {"account": account, "password": password, "device_id": self.device_id, "device_name": "second client"}
        self.session = self.call("POST", "/session", body=asked).json()

    def refresh(self) -> None:
        old, self.session = self.session, None
        self.session = self.call(
            "POST", "/session/refresh", body={"refresh_token": old["refresh_token"], "device_id": self.device_id}
        ).json()

    # §3

    def event(self, kind: str, record: str, payload: Any, base_version: int = 0) -> Any:
        return {
            "id": new_id(),
            "kind": kind,
            "record": record,
            "base_version": base_version,
            "made_at": dt.datetime.now(dt.UTC).isoformat(),
            "by": self.session["person_id"],
            "device_id": self.device_id,
            "payload": payload,
        }

    def believes(self, receipt: Any, subject: str, sha256: str) -> bool:
        if receipt is None or receipt["district_id"] != self.hello["district_id"]:
            return False
        if receipt["subject"] != subject or receipt["sha256"] != sha256:
            return False
        at = dt.datetime.fromisoformat(receipt["recorded_at"]).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        signed = {name: receipt[name] for name in ("district_id", "subject", "sha256", "sequence")} | {"recorded_at": at}
        try:
            key = VerifyKey(bytes.fromhex(self.hello["signing_key"]))
            key.verify(b"fieldapp receipt 1\n" + canonical(signed), bytes.fromhex(receipt["signature"]))
        except (BadSignatureError, ValueError):
            return False
        return True

    def keep(self, receipt: Any, subject: str) -> None:
        assert self.believes(receipt, subject, self.sent[subject])
        self.receipts[subject] = receipt
        if receipt.get("run"):
            self.proofs[receipt["run"]] = max(receipt["sequence"], self.proofs.get(receipt["run"], 0))

    # §4

    def push(self, *events: Any) -> list[Any]:
        for event in events:
            self.sent[event["id"]] = hashlib.sha256(canonical(event)).hexdigest()
        answers: list[Any] = self.call("POST", "/push", body={"events": list(events)}).json()["answers"]
        assert [answer["event_id"] for answer in answers] == [event["id"] for event in events]
        for answer in answers:
            if answer["status"] != "rejected":
                self.keep(answer["receipt"], answer["event_id"])
        return answers

    # §5

    def pull(self, limit: int = 2_000) -> int:
        """Everything there is; how many requests it took."""
        for count in range(1, 10_000):
            asked = f"/pull?cursor={self.cursor}&limit={limit}" + (f"&mark={requests.utils.quote(self.mark)}" if self.mark else "")
            for run, number in list(self.proofs.items())[:16]:
                asked += f"&proof={run}:{number}"
            page = self.call("GET", asked).json()
            for change in page["changes"]:
                if change.get("left"):
                    self._drop(change["id"])
                else:
                    self.records[change["type"], change["id"]] = change["body"]
            self.cursor, self.mark = page["cursor"], page.get("mark", "")
            self.proofs.clear()
            if not page["more"]:
                return count
        raise AssertionError

    def _drop(self, case_id: str) -> None:
        case = self.records.pop(("case", case_id), None)
        for (kind, record_id), body in list(self.records.items()):
            if body.get("case_id") == case_id or (case and kind == "child" and record_id == case["child_id"]):
                del self.records[kind, record_id]

    # §6

    def send_photo(self, photo: Any, content: bytes, chunk: int = 0) -> None:
        """In one request, or begun empty and sent in chunks."""
        self.sent[photo["id"]] = hashlib.sha256(content).hexdigest()
        values = {"photo_id": photo["id"], "sha256": photo["sha256"], "filetype": photo["media_type"]}
        told = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())
        create = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": told}
        if not chunk:
            self._take(self.call("POST", "/photos", content=content, **create, **BYTES), photo["id"])
            return
        answer = self.call("POST", "/photos", **create)
        upload, offset = answer.headers["Location"].removeprefix("/api/v1"), int(answer.headers["Upload-Offset"])
        while offset < len(content):
            part = content[offset : offset + chunk]
            answer = self.call("PATCH", upload, content=part, **TUS, **BYTES, **{"Upload-Offset": str(offset)})
            offset = int(self.call("HEAD", upload, **TUS).headers["Upload-Offset"])
        self._take(answer, photo["id"])

    def _take(self, answer: requests.Response, photo_id: str) -> None:
        self.keep(json.loads(base64.urlsafe_b64decode(answer.headers["Fieldapp-Receipt"])), photo_id)
