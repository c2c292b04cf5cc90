"""What may the staff set for themselves at the desk? Language and look; nothing that says who they are."""

from typing import Any, Final

from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import ThemePreferencesForm
from wagtail.admin.views.account import AccountView, ThemeSettingsPanel

from civic.people.models import Person

PANELS: Final = frozenset({"locale", "theme"})  # no notices: nobody comments on pages or submits them here


class LooksForm(ThemePreferencesForm):
    """Wagtail's without day or night: the desk is paper, and night belongs to what is live."""

    class Meta(ThemePreferencesForm.Meta):
        fields = ("contrast", "density", "keyboard_shortcuts")


class OwnSettings(AccountView):
    """Wagtail's page without a picture, which it would keep as it came under the name that the file had, and without
    the names that it asks for and that our accounts do not have.
    """

    http_method_names = ("get", "head", "post", "options")

    def get_panels(self) -> list[Any]:
        panels = [panel for panel in super().get_panels() if panel.name in PANELS]
        for panel in panels:
            if isinstance(panel, ThemeSettingsPanel):
                panel.form_class = LooksForm
        return panels


def leave_people_out(registry: Any) -> None:
    """Wagtail's log would write down the nickname of whoever saves this page, and no erasure would find it there."""
    registry.log_entry_models_by_type.register(Person, value=None)


own_settings = require_admin_access(OwnSettings.as_view())
