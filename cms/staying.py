"""Which pages stay, since the site itself leads to them? Nobody takes one away, and none leaves by a set day."""

from typing import Any, ClassVar

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import PagePermissionTester

AT_HOME = 3  # the depth of what lies right below a home
LINKED = frozenset({"how-it-works", "house-rules", "privacy", "accessibility"})  # from the foot of every page, by slug


class Held(PagePermissionTester):
    """What may be done to a page that stays: nobody deletes or moves it, nor takes it offline."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False


class StayingForm(WagtailAdminPageForm):
    """The form of a page; for one that stays it asks neither for its address nor for a day to go."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.stays:
            for name in ("slug", "expire_at"):
                self.fields.pop(name, None)


class Staying:
    """A type of page of which all stay; one of which some do says by `stays` which."""

    base_form_class: ClassVar[type[WagtailAdminPageForm]] = StayingForm

    @property
    def stays(self) -> bool:
        return True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return (Held if self.stays else PagePermissionTester)(user, self)


class StayingWhereLinked(Staying):
    """A type of page of which those stay to which the foot of every page leads."""

    depth: int
    slug: str

    @property
    def stays(self) -> bool:
        return self.depth == AT_HOME and self.slug in LINKED
