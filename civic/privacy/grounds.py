"""What is processed without a consent, on which ground, and by whom else? The second table of the privacy policy."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Ground:
    """One task that needs no consent: 개인정보 보호법 article 22(3) wants these listed apart."""

    purpose: str | Promise
    items: str | Promise
    law: str | Promise


@dataclass(frozen=True)
class Processor:
    """Somebody who handles data for the site: 개인정보 보호법 article 26(2)."""

    name: str
    task: str


_TASK = _("Task of the district: Personal Information Protection Act (개인정보 보호법) article 15(1)3")
_SAFETY = _("Keeping data safe: Personal Information Protection Act (개인정보 보호법) article 29")

GROUNDS: tuple[Ground, ...] = (
    Ground(
        _("To take proposals and answer them"),
        _("What you write, when, and your support for others' proposals"),
        _("Regulation on citizens' proposals (국민 제안 규정) articles 5 to 22, and the task of the district"),
    ),
    Ground(
        _("To hold votes, one ballot a person"), _("That you took part; not what you chose, once it is closed"), _TASK
    ),
    Ground(
        _("To mend faults and say what became of them"),
        _(
            "What you reported, pictures, and an address if you gave one; without an account also a mark computed from"
            " your network with a secret key, until the fault is confirmed or taken on"
        ),
        _TASK,
    ),
    Ground(
        _("One person, one voice, where a check of identity is needed"),
        _("A mark computed from name and day of birth with a secret key; neither of the two is kept"),
        _TASK,
    ),
    Ground(
        _("To keep accounts safe"),
        _("Network address and browser of a sign-in, second steps of signing in, keys for programs"),
        _SAFETY,
    ),
    Ground(_("To be able to check the staff"), _("Which of the staff looked at whose data, when and why"), _SAFETY),
)


def processors() -> list[Processor] | None:
    """Whom the installation names in processors.json, beside its media; nobody where there is no such file.

    A list of `{name_ko, name_en, task_ko, task_en}`. None where it cannot be read: nobody says then that there is none.
    """
    path = settings.DATA / "processors.json"
    if not path.exists():
        return []
    language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [Processor(row[f"name_{language}"], row[f"task_{language}"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return None
