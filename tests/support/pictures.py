"""Pictures as cameras, phones and screens make them."""

import io
import random
from typing import Any

from PIL import Image

_GPS = {1: "N", 2: (16.0, 45.0, 30.6), 3: "E", 4: (104.0, 2.0, 13.2), 31: 12.0}


def a_picture(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Red in the upper left quarter, blue elsewhere: shows which way up it is."""
    image = Image.new(mode, (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height // 2))
    return image


def a_jpeg(width: int = 800, height: int = 600, *, orientation: int = 1, position: bool = False, taken: str = "", **exif: Any) -> bytes:
    """With the camera's words in it: its name, the time, the place, which way it was held."""
    image = a_picture(width, height)
    words = image.getexif()
    words[0x0110] = "SecretCameraName"
    words[0x0112] = orientation
    if taken:
        words.get_ifd(0x8769)[0x9003] = taken
    for tag, value in exif.items():
        words.get_ifd(0x8769)[int(tag.removeprefix("x"), 16)] = value
    if position:
        words.get_ifd(0x8825).update(_GPS)
    return _saved(image, "JPEG", exif=words.tobytes(), quality=95)


def a_noisy_jpeg(width: int = 1000, height: int = 700) -> bytes:
    """As heavy as a camera makes them: a line would notice it."""
    return _saved(Image.frombytes("RGB", (width, height), random.Random(7).randbytes(width * height * 3)), "JPEG", quality=98)


def a_png(width: int = 800, height: int = 600) -> bytes:
    """Half transparent, as a screenshot may be."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, width // 2, height // 2))
    return _saved(image, "PNG")


def a_webp() -> bytes:
    return _saved(a_picture(), "WEBP")


def a_heic() -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    image = a_picture()
    words = image.getexif()
    words.get_ifd(0x8825).update(_GPS)
    return _saved(image, "HEIF", exif=words.tobytes())


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()
