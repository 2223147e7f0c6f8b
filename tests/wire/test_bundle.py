"""The bundle file: stored ones keep parsing, and a byte that is wrong anywhere is noticed."""

import io
from pathlib import Path

import pytest
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from fieldapp.domain.receipt import Receipt
from fieldapp.wire import bundle, codec
from fieldapp.wire.bundle import BundleBroken, BundleReader, BundleWriter, Direction
from fieldapp.wire.bundle_parts import AnswerHead, BundleHead, Part, PhotoAnswers, PhotoHead, SetAside, SetAsideKind
from fieldapp.wire.messages import PullPage, PushAnswer
from tests.support.golden_bundle import DISTRICT_SEALING, DISTRICT_SIGNING, LAPTOP_SEALING, LAPTOP_SIGNING, public

GOLDEN = Path(__file__).parent / "golden"


def written(*blocks: tuple[bytes, bytes], signer: SigningKey = LAPTOP_SIGNING) -> bytes:
    out = io.BytesIO()
    writer = BundleWriter(out, Direction.TO_DISTRICT, "4603", public(DISTRICT_SEALING), signer)
    for kind, body in blocks:
        writer.put(kind, body)
    writer.end()
    return out.getvalue()


def read(data: bytes, key: PrivateKey = DISTRICT_SEALING, signing_key: str = public(LAPTOP_SIGNING)) -> list[tuple[bytes, bytes]]:
    """All blocks of a genuine bundle; raises BundleBroken."""
    reader = BundleReader(io.BytesIO(data))
    blocks = list(reader.blocks(key))
    reader.require_signature(signing_key)
    return blocks


SMALL = written((b"H", b"{}"), (b"E", "ธนกร".encode()), (b"B", bytes(50)))


def test_the_stored_bundle_is_still_read() -> None:
    (head, events, photo, *pieces) = read((GOLDEN / "bundle.to_district.fieldapp").read_bytes())
    said = codec.decode(BundleHead, head[1])
    assert (head[0], said.district_id, said.signing_key, said.cursor) == (Part.HEAD, "4603", public(LAPTOP_SIGNING), 41)
    bodies = events[1].split(b"\n")
    assert [codec.event_from_wire(codec.parse_json(body)).kind for body in bodies] == ["follow_up.closed", "photo.added"]
    assert [codec.event_bytes(codec.parse_json(body)) for body in bodies] == bodies
    announced = codec.decode(PhotoHead, photo[1])
    content = b"".join(body for kind, body in pieces if kind == Part.PIECE)
    assert (announced.size, announced.sha256) == (len(content), codec.sha256_hex(content))


def test_the_stored_answer_is_still_read() -> None:
    data = (GOLDEN / "bundle.answer.fieldapp").read_bytes()
    assert BundleReader(io.BytesIO(data)).prelude.direction is Direction.ANSWER
    blocks = read(data, LAPTOP_SEALING, public(DISTRICT_SIGNING))
    assert [kind for kind, _body in blocks] == [Part.HEAD, Part.ANSWERS, Part.PHOTO_ANSWERS, Part.PAGE]
    head, answers, photos, page = (body for _kind, body in blocks)
    assert codec.decode(AnswerHead, head).cursor == 41
    receipt = codec.decode(PushAnswer, answers).answers[0].receipt
    assert isinstance(receipt, Receipt)
    DISTRICT_SIGNING.verify_key.verify(receipt.signed_bytes(), bytes.fromhex(receipt.signature))
    assert codec.decode(PhotoAnswers, photos).answers[0].code == "photo.wrong_hash"
    assert codec.decode(PullPage, page).cursor == 42


def test_the_stored_file_for_the_helpdesk_is_still_read() -> None:
    (head, aside, *pieces) = read((GOLDEN / "bundle.helpdesk.fieldapp").read_bytes())
    assert (head[0], aside[0], {kind for kind, _body in pieces}) == (Part.HEAD, Part.SET_ASIDE, {Part.SET_ASIDE_PIECE})
    message = codec.decode(SetAside, aside[1])
    event = codec.event_from_wire(codec.parse_json(message.body.encode()))
    assert (message.id, message.kind, message.code, message.field) == (event.id, SetAsideKind.EVENT, "in_the_future", "visited_on")
    content = b"".join(body for _kind, body in pieces)
    for picture in message.pictures:
        assert codec.sha256_hex(content[: picture.size]) == picture.sha256
        content = content[picture.size :]
    assert content == b""


@pytest.mark.parametrize("value", [0x01, 0x80, 0xFF])
def test_a_byte_that_is_wrong_anywhere_is_noticed(value: int) -> None:
    for at in range(len(SMALL)):
        damaged = bytearray(SMALL)
        damaged[at] ^= value
        with pytest.raises(BundleBroken):
            read(bytes(damaged))


def test_a_file_that_was_cut_anywhere_or_goes_on_is_noticed() -> None:
    for length in range(len(SMALL)):
        with pytest.raises(BundleBroken):
            read(SMALL[:length])
    with pytest.raises(BundleBroken):
        read(SMALL + b"\0")


def test_blocks_cannot_change_places() -> None:
    first, second = (b"E", bytes(30)), (b"E", bytes([1] * 30))
    data = written(first, second)
    prelude = len(data) - 4 - 17 - 65 - 2 * (4 + 17 + 31)
    one, two = data[prelude : prelude + 52], data[prelude + 52 : prelude + 104]
    with pytest.raises(BundleBroken, match="damaged"):
        read(data[:prelude] + two + one + data[prelude + 104 :])


def test_only_the_recipient_opens_it_and_only_the_writer_signs_it() -> None:
    with pytest.raises(BundleBroken, match="not_for_you"):
        read(SMALL, LAPTOP_SEALING)
    with pytest.raises(BundleBroken, match="wrong_signature"):
        read(written((b"H", b"{}"), signer=SigningKey.generate()))


def test_each_kind_of_wrong_file_has_its_own_word() -> None:
    newer = SMALL[: len(bundle.MAGIC)] + bytes([bundle.FORMAT + 1]) + SMALL[len(bundle.MAGIC) + 1 :]
    for data, code in ((b"", "not_a_bundle"), (b"PK\x03\x04" * 20, "not_a_bundle"), (newer, "newer"), (SMALL[:-1], "damaged")):
        with pytest.raises(BundleBroken) as refusal:
            read(data)
        assert refusal.value.code == code


def test_nothing_of_the_contents_lies_open() -> None:
    assert "ธนกร".encode() not in SMALL


def test_the_second_walk_notices_a_file_that_was_exchanged() -> None:
    first = BundleReader(io.BytesIO(SMALL))
    list(first.blocks(DISTRICT_SEALING))
    other = BundleReader(io.BytesIO(written((b"H", b"{}"), (b"E", b"other"), (b"B", bytes(50)))))
    with pytest.raises(BundleBroken, match="damaged"):
        list(other.blocks(DISTRICT_SEALING, first.marks))


def test_a_length_that_lies_reserves_no_memory() -> None:
    data = written((b"H", b"{}"))
    prelude = len(data) - (4 + 17 + 3) - (4 + 17 + 65)
    with pytest.raises(BundleBroken, match="damaged"):
        read(data[:prelude] + (0xFFFFFFFF).to_bytes(4) + data[prelude + 4 :])


def test_a_sign_in_of_a_program_without_keys_is_still_read() -> None:
    from fieldapp.wire.messages import SignIn

    message = codec.decode(SignIn, (GOLDEN / "before_keys.SignIn.json").read_bytes())
    assert (message.account, message.signing_key, message.sealing_key) == ("somying", "", "")


def test_the_protocol_page_says_what_the_file_is() -> None:
    page = (Path(bundle.__file__).parent / "PROTOCOL.md").read_text(encoding="utf-8")
    assert f"`{bundle.MAGIC.decode().strip()}` and a line feed" in page
    assert f"| {len(bundle.MAGIC)} |" in page
    for kind in (*(part.value.decode() for part in Part), "S"):
        assert f"| `{kind}` |" in page
    for number in (bundle.MAX_BLOCK_BYTES, bundle.MAX_PRELUDE_BYTES):
        assert f"{number:,}".replace(",", " ") in page
    assert f"format: {bundle.FORMAT}" in page
    for direction in Direction:
        assert f"`{direction}`" in page
