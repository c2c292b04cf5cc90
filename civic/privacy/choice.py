"""What becomes of the public words of somebody who leaves?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Texts(TextChoices):
    KEPT = "kept", _("They stay, under “a former member”")
    GONE = "gone", _("They go too")
