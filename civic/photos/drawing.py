"""What does an upload hold? Judged by its content and drawn anew, so that no place and no camera stays in it; pure."""

import struct
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
SIDE = 1600  # px of the longer side: enough to read a plate number
QUALITY = 82
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, OverflowError, MemoryError)


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
        with Image.open(BytesIO(data), formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise TooManyPixels
            found.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded no larger than it is drawn
            picture = _on_white(ImageOps.exif_transpose(found))
            picture.thumbnail((SIDE, SIDE))
            out = BytesIO()
            picture.save(out, "JPEG", quality=QUALITY, progressive=True)
    except _BOMBS as bomb:
        raise TooManyPixels from bomb
    except _BROKEN as error:
        raise NoPicture from error
    return Drawn(out.getvalue(), picture.width, picture.height)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "P" or "A" in picture.mode:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    drawn = Image.new("RGB", picture.size)
    drawn.paste(picture.convert("RGB"))  # pixels alone: what was written beside them stays behind
    return drawn
