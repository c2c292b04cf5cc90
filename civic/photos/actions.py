"""How does a picture get to a thing? Drawn anew, under a name nobody guesses, in the owner's transaction."""

import secrets
from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from civic.refusals import Refused, insist

from .drawing import Drawn, NoPicture, TooManyPixels, drawn_anew
from .models import Photo
from .rules import LARGEST, NO_PICTURE, TOO_MANY_PIXELS, why_not_upload


def draw_upload(upload: IO[bytes]) -> Drawn:
    """What will be kept of an upload. Raises Refused for what is no picture, or too large a one.

    It takes up to a second: edges call it before the owner's transaction, which holds rows.
    """
    upload.seek(0)
    data = upload.read(LARGEST + 1)
    insist(why_not_upload(len(data)))
    try:
        return drawn_anew(data)
    except NoPicture:
        raise Refused(NO_PICTURE) from None
    except TooManyPixels:
        raise Refused(TOO_MANY_PIXELS) from None


def drop_photos(*, keys: Collection[str]) -> int:
    """Remove the pictures of these things, rows and files; returns how many. The files go with the commit."""
    photos = list(Photo.objects.filter(key__in=keys))
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    for photo in photos:
        transaction.on_commit(partial(default_storage.delete, str(photo.file.name)))
    return len(photos)


def keep_photo(*, key: str, drawn: Drawn, public: bool, at: datetime) -> Photo:
    """Keep a drawn picture for the thing called `key`.

    The owner's fact tells of it; a file whose transaction fails is left without a row, and nobody knows its name.
    """
    name = secrets.token_urlsafe(24)
    path = default_storage.save(f"photos/{name[:2]}/{name}.jpg", ContentFile(drawn.data))
    return Photo.objects.create(key=key, file=path, width=drawn.width, height=drawn.height, public=public, at=at)
