"""What may a page load, and from where? One policy for each kind of answer, and what browsers may not offer."""

from typing import Any, Final

from csp.constants import NONE, SELF, UNSAFE_INLINE

Policy = dict[str, Any]

# Nothing from another host, nothing written into the page: what is injected does not run.
PUBLIC: Final[Policy] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}
# Wagtail writes scripts and styles into its pages and shows its own pages in frames. It evaluates no text as a
# script; site/decisions/2026-11-23-policy-of-the-desk.md says what was measured.
DESK: Final[Policy] = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}
# A file that somebody sent is looked at and does nothing, whatever it turns out to be.
FILES: Final[Policy] = {"default-src": [NONE], "img-src": [SELF], "frame-ancestors": [NONE], "sandbox": True}
OF_PATHS: Final[dict[str, Policy]] = {"/desk/": DESK, "/media/": FILES, "/documents/": FILES}

# A place is asked for by a press of a button, a passkey by its page; nothing else is used, here or in any frame.
PERMISSIONS: Final = ", ".join(
    [
        "geolocation=(self)",
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
        *(
            f"{name}=()"
            for name in (
                "accelerometer",
                "browsing-topics",
                "camera",
                "display-capture",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "serial",
                "usb",
            )
        ),
    ]
)
# Beside Django's nosniff, referrer and opener policies; other sites do not put our answers into their pages.
HEADERS: Final = {"Permissions-Policy": PERMISSIONS, "Cross-Origin-Resource-Policy": "same-origin"}
