"""The line to the district over HTTP. Turns whatever happens on it into the known errors; knows no store and no event.

Each thread has its own `requests.Session`, so photos can go several at a time.
"""

import datetime as dt
import gzip
import io
import threading
from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlencode
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import ReadTimeoutError

from fieldapp.domain.receipt import Receipt
from fieldapp.errors import FieldappError, Offline, ServerProblem, SignInNeeded
from fieldapp.sync.address import server_address
from fieldapp.sync.patient_line import OpenSockets, patience, pool_classes
from fieldapp.sync.transport import PhotoStanding, PhotoToSend, Traffic
from fieldapp.sync.tus import TusClient
from fieldapp.wire import codec, photo_group, version
from fieldapp.wire.bundle_parts import PhotoAnswer, PhotoAnswers, PhotoHead
from fieldapp.wire.line import API, PROBLEM_TYPE
from fieldapp.wire.messages import (
    MAX_CHANGES,
    DeviceKeys,
    Hello,
    ProblemDetails,
    PullPage,
    Push,
    PushAnswer,
    RedeemCode,
    Refresh,
    Session,
    SignIn,
)

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
# Below it a compressed body saves no packet.
_COMPRESS_FROM = 1_000
# Level 4 packs events nearly as well as 9 at a third of the time.
_COMPRESS_LEVEL = 4
_MAY_ANSWER_WITHOUT_HEADER = range(502, 505)

M = TypeVar("M")


class HttpTransport:
    """Implements `sync.transport.Transport`. `now` is this laptop's clock, for measuring it against the district's."""

    def __init__(self, address: str, *, now: Callable[[], dt.datetime], read_seconds: float = READ_SECONDS) -> None:
        self._base = server_address(address) + API
        self._now = now
        self._read_seconds = read_seconds
        self._sockets = OpenSockets()
        # Asked for once: requests would look into the environment and .netrc at every request.
        self._proxies = get_environ_proxies(self._base)
        self._lock = threading.Lock()
        self._local = threading.local()
        # Weak: the threads of an upload end, and their sessions with them.
        self._sessions: WeakSet[requests.Session] = WeakSet()
        self._traffic = Traffic()
        self._clock_offset: dt.timedelta | None = None
        self._tus = TusClient(self._base, self.exchange)

    @property
    def traffic(self) -> Traffic:
        return self._traffic

    @property
    def clock_offset(self) -> dt.timedelta | None:
        return self._clock_offset

    def hello(self) -> Hello:
        return self._message(Hello, "GET", "/hello")

    def sign_in(self, request: SignIn) -> Session:
        return self._message(Session, "POST", "/session", message=request)

    def redeem_code(self, request: RedeemCode) -> None:
        headers = {"Content-Type": "application/json"}
        self.exchange("POST", f"{self._base}/session/password", body=codec.encode(request), headers=headers)

    def refresh(self, request: Refresh) -> Session:
        return self._message(Session, "POST", "/session/refresh", message=request)

    def register_keys(self, token: str, keys: DeviceKeys) -> None:
        headers = {"Content-Type": "application/json"}
        self.exchange("POST", f"{self._base}/session/keys", token=token, body=codec.encode(keys), headers=headers)

    def farewell(self, token: str) -> Receipt:
        return self._message(Receipt, "POST", "/session/farewell", token=token)

    def push(self, token: str, push: Push) -> PushAnswer:
        return self._message(PushAnswer, "POST", "/push", token=token, message=push)

    def pull(
        self, token: str, cursor: int, mark: str = "", proofs: Sequence[str] = (), limit: int = MAX_CHANGES, unsent: str = ""
    ) -> PullPage:
        asked = [("cursor", str(cursor)), *([("mark", mark)] if mark else []), *(("proof", proof) for proof in proofs)]
        asked += [("limit", str(limit))] if limit < MAX_CHANGES else []
        asked += [("unsent", unsent)] if unsent else []
        return self._message(PullPage, "GET", f"/pull?{urlencode(asked)}", token=token)

    def begin_photo(self, token: str, photo: PhotoToSend, first: bytes) -> PhotoStanding:
        return self._tus.begin(token, photo, first)

    def send_together(self, token: str, photos: Sequence[PhotoToSend], pictures: Sequence[bytes]) -> tuple[PhotoAnswer, ...]:
        body = photo_group.pack([PhotoHead(photo.photo_id, photo.sha256, photo.size) for photo in photos], pictures)
        headers = {"Accept": "application/json", "Content-Type": photo_group.CONTENT_TYPE}
        answer = self.exchange("POST", f"{self._base}/photos/together", token=token, body=body, headers=headers)
        return _read(PhotoAnswers, answer).answers

    def photo_offset(self, token: str, upload: str) -> int | None:
        return self._tus.offset(token, upload)

    def send_photo(self, token: str, upload: str, offset: int, chunk: bytes) -> PhotoStanding:
        return self._tus.send(token, upload, offset, chunk)

    def photo_receipt(self, token: str, photo_id: str) -> Receipt | None:
        try:
            return self._message(Receipt, "GET", f"/photos/{photo_id}/receipt", token=token)
        except ServerProblem as problem:
            if problem.status == requests.codes.not_found:
                return None
            raise

    def photo_bytes(self, token: str, sha256: str) -> bytes:
        return self.exchange("GET", f"{self._base}/photos/by-hash/{sha256}", token=token).content

    def interrupt(self) -> None:
        self._sockets.shut()

    def close(self) -> None:
        with self._lock:
            for session in list(self._sessions):
                session.close()
            self._local = threading.local()

    def exchange(
        self, method: str, url: str, *, token: str = "", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """One request and its answer from the district itself, with a status below 400."""
        sent = {version.HEADER: str(version.NEWEST), **(headers or {})}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        response = self._send(method, url, body, sent)
        self._count(len(body or b""), response)
        error = _refusal(response)
        if error is not None:
            raise error
        self._measure_clock(response)
        return response

    def _message(self, cls: type[M], method: str, path: str, *, token: str = "", message: Any = None) -> M:
        headers = {"Accept": "application/json"}
        body = None
        if message is not None:
            body = codec.encode(message)
            headers["Content-Type"] = "application/json"
            if len(body) > _COMPRESS_FROM:
                body = gzip.compress(body, _COMPRESS_LEVEL, mtime=0)
                headers["Content-Encoding"] = "gzip"
        return _read(cls, self.exchange(method, self._base + path, token=token, body=body, headers=headers))

    def _send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> requests.Response:
        # As a stream it is sent in small blocks, each with its own time limit: on 5 KB/s a whole batch takes minutes, and that is fine.
        data = io.BytesIO(body) if body else body
        timeouts = (CONNECT_SECONDS, patience(self._read_seconds, len(body or b"")))
        try:
            return self._session().request(
                method, url, data=data, headers=headers, timeout=timeouts, allow_redirects=False, proxies=self._proxies
            )
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
            raise Offline("offline.broken_answer") from error
        except requests.exceptions.SSLError as error:
            raise Offline("offline.not_the_server") from error
        except requests.exceptions.Timeout as error:
            raise Offline("offline.timeout") from error
        except requests.exceptions.RequestException as error:
            slow = any(isinstance(argument, ReadTimeoutError) for argument in error.args)
            raise Offline("offline.timeout" if slow else "offline.unreachable") from error

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.trust_env = False
            session.headers["User-Agent"] = "fieldapp"
            for scheme in ("https://", "http://"):
                session.mount(scheme, _Adapter(pool_classes(self._sockets, self._read_seconds)))
            with self._lock:
                self._sessions.add(session)
        return session

    def _count(self, sent: int, response: requests.Response) -> None:
        received = response.raw.tell()  # as it came over the line, before it was unpacked
        with self._lock:
            so_far = self._traffic
            self._traffic = Traffic(so_far.up + sent, so_far.down + received, so_far.requests + 1)

    def _measure_clock(self, response: requests.Response) -> None:
        try:
            theirs = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return
        offset = theirs - self._now()
        # The header is cut to whole seconds.
        self._clock_offset = offset if abs(offset) > dt.timedelta(seconds=1) else dt.timedelta(0)


class _Adapter(HTTPAdapter):
    """One connection to one server, of our kind."""

    def __init__(self, pools: Mapping[str, type[HTTPConnectionPool]]) -> None:
        self._pools = pools
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *given: Any, **options: Any) -> None:
        super().init_poolmanager(*given, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _read(cls: type[M], answer: requests.Response) -> M:
    try:
        return codec.decode(cls, answer.content)
    except codec.Unreadable as error:
        raise Offline("offline.broken_answer") from error


def _refusal(response: requests.Response) -> FieldappError | None:
    """The error that an answer stands for, or None where it is an answer of the district that may be read."""
    status = response.status_code
    said_by_district = version.HEADER in response.headers or response.headers.get("Content-Type") == PROBLEM_TYPE
    if not said_by_district:
        if status in _MAY_ANSWER_WITHOUT_HEADER:
            return Offline("offline.unreachable")  # something in front of the district says that it is down
        if status == requests.codes.server_error:
            return ServerProblem("server_failed", status)
        return Offline("offline.not_the_server")
    if status < requests.codes.multiple_choices:
        return None
    try:
        problem = codec.decode(ProblemDetails, response.content)
    except codec.Unreadable:
        if status == requests.codes.unauthorized:
            return SignInNeeded()
        # A server of a later version may write its problems in another shape; its refusal to talk to this one is understood all the same.
        return ServerProblem("protocol_unsupported" if status == requests.codes.upgrade_required else "server_failed", status)
    data = {name: value for name, value in problem.data.items() if name not in ("code", "status", "field")}
    if problem.code.startswith("sign_in."):
        return SignInNeeded(problem.code, **data)
    if status == requests.codes.unauthorized:
        return SignInNeeded()
    return ServerProblem(problem.code, status, problem.field, **data)
