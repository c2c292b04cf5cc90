"""What is kept of a picture that an editor sends? Only what is drawn anew: no place, no camera, no second content."""

import secrets
from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from civic.photos.actions import draw_upload
from civic.photos.drawing import BROKEN
from civic.refusals import Refused


class PictureField(WagtailImageField):
    """Wagtail's field, which takes a file by its first bytes for a picture and falls over what comes behind them."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except BROKEN as error:
            raise forms.ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures; each upload becomes a JPEG of our own making, under a name of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)

    def clean_file(self) -> Any:
        """Wagtail has judged it by its first bytes and its size; it is drawn here, or refused with a sentence."""
        sent = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return sent
        try:
            drawn = draw_upload(sent)
        except Refused as refused:
            raise forms.ValidationError(str(refused.refusal.text), code=refused.refusal.code) from None
        name = f"{secrets.token_urlsafe(12)}.jpg"
        return InMemoryUploadedFile(BytesIO(drawn.data), "file", name, "image/jpeg", len(drawn.data), None)

    def _post_clean(self) -> None:
        """Where another field is wrong Wagtail's uploader would keep the file as it came, to ask again: it may not."""
        super()._post_clean()
        if self.errors and "file" in self.fields and "file" in self.changed_data and "file" not in self.errors:
            self.add_error(
                "file", _("Something else in the form is wrong. Change that, then choose the picture again.")
            )
