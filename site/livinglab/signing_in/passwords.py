"""What can a password not be? What others read beside one's words, or the address that one signs in with."""

from typing import Any, Final

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.translation import gettext as _

_KNOWN: Final = ("email", "nickname")


class NotOneself(UserAttributeSimilarityValidator):
    def __init__(self, **more: Any) -> None:
        super().__init__(user_attributes=_KNOWN, **more)

    def get_error_message(self) -> str:
        return _("This resembles your nickname or your address. Please choose another password.")
