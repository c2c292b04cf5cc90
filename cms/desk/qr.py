"""How does an address become a picture that a telephone reads? As lines of an SVG, drawn here."""

from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_variables
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage


@sensitive_variables()
def qr_svg(address: str) -> SafeString:
    """A QR code as one SVG element, to be printed into a page."""
    code = QRCode(error_correction=ERROR_CORRECT_M, box_size=10, border=4)
    code.add_data(address)
    drawn = code.make_image(image_factory=SvgPathImage).to_string(encoding="unicode")
    return mark_safe(drawn)  # noqa: S308 - the library's own lines; the address is in their places, not in their words
