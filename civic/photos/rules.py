"""Why may an upload not be kept?"""

from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal

LARGEST = 10_000_000  # bytes; telephones send 2 to 6 MB
NO_PICTURE = Refusal("no_picture", _("This is no picture we can read. Send a JPEG, PNG or WebP."), 422, "photo")
TOO_MANY_PIXELS = Refusal(
    "too_many_pixels",
    _("The picture has too many points: a JPEG may have 50 million, a PNG or WebP 16 million."),
    422,
    "photo",
)


def why_not_upload(size: int) -> Refusal | None:
    """Neither nothing nor more than a telephone's camera makes."""
    if not size:
        return NO_PICTURE
    if size > LARGEST:
        return Refusal("photo_too_large", _("The picture is larger than 10 MB."), 413, "photo")
    return None
