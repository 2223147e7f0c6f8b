"""uvicorn's reader of HTTP, with an end: it would keep as many headers as anyone sends, who need not even be signed in."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# More than a read from the line brings at once, so that a body that comes together with the next head is not counted as one.
MAX_HEAD = 512 * 1024


class BoundedHttp(HttpToolsProtocol):
    _in_head = True
    _head = 0

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._in_head:
            return
        self._head += len(data)
        if self._head > MAX_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def on_message_begin(self) -> None:
        self._in_head, self._head = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()
