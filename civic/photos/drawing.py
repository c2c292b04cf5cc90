"""What does an upload hold? Judged by its content and drawn anew, so that no place and no camera stays in it; pure."""

import struct
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000  # of a JPEG, which is decoded no larger than it is drawn
MOST_PIXELS_WHOLE = 16_000_000  # of what must be decoded whole first: 64 MB, and twice that while it shrinks
SIDE = 1600  # px of the longer side: enough to read a plate number
QUALITY = 82
_ONE_AT_A_TIME = Lock()  # so that a process needs the memory of one picture, however many are sent
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError, MemoryError)


class NoPicture(Exception):
    """The bytes are no picture that we draw."""


class TooManyPixels(Exception):
    """To draw it would cost more memory than a picture of a lamp is worth."""


@dataclass(frozen=True)
class Drawn:
    """A JPEG of our own making."""

    data: bytes
    width: int
    height: int


def drawn_anew(data: bytes) -> Drawn:
    """The picture upright, at most SIDE px long, on white, without EXIF. Raises NoPicture or TooManyPixels."""
    try:
        with _ONE_AT_A_TIME, Image.open(BytesIO(data), formats=FORMATS) as found:
            if found.width * found.height > _most_pixels(found):
                raise TooManyPixels
            picture = _on_white(ImageOps.exif_transpose(_small(found)))
            out = BytesIO()
            picture.save(out, "JPEG", quality=QUALITY, progressive=True)
    except _BOMBS as bomb:
        raise TooManyPixels from bomb
    except BROKEN as error:
        raise NoPicture from error
    return Drawn(out.getvalue(), picture.width, picture.height)


def _most_pixels(found: Image.Image) -> int:
    """A JPEG in passes is held whole until the last of them."""
    by_lines = found.format == "JPEG" and not found.info.get("progressive")
    return MOST_PIXELS if by_lines else MOST_PIXELS_WHOLE


def _small(found: Image.Image) -> Image.Image:
    """At most SIDE px long, before anything else is made of it; each copy of the whole costs its size again."""
    longer = max(found.size)
    found.draft("RGB", (max(1, found.width * SIDE // longer), max(1, found.height * SIDE // longer)))
    if longer > SIDE and found.mode in ("1", "P"):
        found.load()
        found = found.convert("RGBA")  # colours by number have none in between
    found.thumbnail((SIDE, SIDE))
    return found


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "P" or "A" in picture.mode:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    drawn = Image.new("RGB", picture.size)
    drawn.paste(picture.convert("RGB"))  # pixels alone: what was written beside them stays behind
    return drawn
