"""Signing in once, and staying signed in: tokens lie in the encrypted store and are renewed when they run out."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import TypeVar

from fieldapp.errors import Offline, ServerProblem, SignInNeeded
from fieldapp.store import sync_state
from fieldapp.store.engine import Store
from fieldapp.sync.transport import Transport
from fieldapp.wire import codec, version
from fieldapp.wire.connection import fingerprint
from fieldapp.wire.messages import DeviceKeys, Hello, Refresh, Session, SignIn

# A token that ends while its request is on the way is as good as ended.
_MARGIN = dt.timedelta(seconds=30)
_ENDED = "sign_in.session_ended"
# The first may give a token that another program of this profile has renewed long ago.
_RENEWALS = 2

T = TypeVar("T")


def greet(transport: Transport, key: str = "") -> Hello:
    """The first contact: who is there. `key` is the fingerprint by which the office says that it is known, '' where it gave none. Raises
    Offline, ServerProblem(protocol_unsupported, ...)."""
    hello = transport.hello()
    if key and fingerprint(hello.signing_key) != key:
        raise Offline("offline.other_district")
    if not hello.oldest_protocol <= version.NEWEST <= hello.newest_protocol:
        oldest, newest = hello.oldest_protocol, hello.newest_protocol
        raise ServerProblem("protocol_unsupported", 426, oldest=oldest, newest=newest, address=hello.app_address)
    return hello


def sign_in(transport: Transport, account: str, password: str, device_id: str, device_name: str, keys: DeviceKeys | None = None) -> Session:
    """Who am I to them; `keys` are those of a new profile. Raises Offline, ServerProblem, SignInNeeded."""
    signing_key, sealing_key = (keys.signing_key, keys.sealing_key) if keys else ("", "")
    return transport.sign_in(SignIn(account, password, device_id, device_name, signing_key, sealing_key))


def keep_session(store: Store, session: Session) -> None:
    with store.writing() as connection:
        sync_state.write(connection, sync_state.SESSION, codec.encode(session).decode())


class Signed:
    """Calls with a good access token. Safe from several threads: one renews, the others wait and use what it got."""

    def __init__(self, store: Store, transport: Transport, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._transport = transport
        self._now = now
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._last_word = False

    def use_last_token(self) -> str:
        """The district has ended this laptop's access: from now on the last token is used as it is, since there is no other."""
        self._last_word = True
        return self._stored().access_token

    def call(self, work: Callable[[str], T]) -> T:
        """`work` with the access token; again with a new one where the district no longer takes it. Raises SignInNeeded."""
        token = self._token()
        for _ in range(_RENEWALS):
            try:
                return work(token)
            except SignInNeeded as refusal:
                if refusal.code != _ENDED:
                    raise
            token = self._renewed(token)
        return work(token)

    def _token(self) -> str:
        with self._lock:
            session = self._session or self._stored()
            self._session = session
            if self._last_word or not self._ran_out(session):
                return session.access_token
        return self._renewed(session.access_token)

    def _renewed(self, refused: str) -> str:
        with self._lock:
            # From the file, since another process of this profile may have renewed: a refresh token used twice ends the session.
            session = self._stored()
            if session.access_token == refused:
                session = self._transport.refresh(Refresh(session.refresh_token, self._store.identity.device_id))
                keep_session(self._store, session)
            self._session = session
            return session.access_token

    def _stored(self) -> Session:
        with self._store.reading() as connection:
            text = sync_state.read(connection, sync_state.SESSION)
        if text is None:
            raise SignInNeeded()
        return codec.decode(Session, text.encode())

    def _ran_out(self, session: Session) -> bool:
        """By the district's clock, as far as it is known: the laptop's may be years off. Unknown means trying the token."""
        offset = self._transport.clock_offset
        return offset is not None and session.access_expires_at <= self._now() + offset + _MARGIN
