"""What do we change in Wagtail's admin to make it the desk?"""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_vite.core.asset_loader import DjangoViteAssetLoader
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.query import PageQuerySet

from civic.devices.models import DeviceToken
from civic.faults.models import Fault
from civic.feed.models import SetAside
from civic.people.models import AccessLook, Department, RoleGrant, Verification
from civic.pilots.models import Pilot
from civic.policies.models import ParticipationPolicy
from civic.privacy.models import RetentionRule
from civic.proposals.models import Proposal
from civic.voting.models import Round

from .desk.access import Records, person_at
from .desk.account import leave_people_out
from .desk.branches import linkable
from .desk.checks import CheckViewSet
from .desk.departments import DepartmentViewSet
from .desk.faults import FaultViewSet
from .desk.keys import KeyViewSet
from .desk.looks import LookViewSet
from .desk.menu import menu
from .desk.pilots import PilotViewSet
from .desk.policies import PolicyViewSet
from .desk.proposals import ProposalViewSet
from .desk.retention import RetentionViewSet
from .desk.roles import RoleViewSet
from .desk.rounds import RoundViewSet
from .desk.set_aside import SetAsideViewSet
from .desk.turn import MyTurn

register_permission_policy(Proposal, Records(Proposal))
register_permission_policy(Pilot, Records(Pilot))
register_permission_policy(Fault, Records(Fault))
register_permission_policy(DeviceToken, Records(DeviceToken))
register_permission_policy(Round, Records(Round, addable=True))
register_permission_policy(Verification, Records(Verification, addable=True))
register_permission_policy(Department, Records(Department, addable=True))
register_permission_policy(RoleGrant, Records(RoleGrant, addable=True))
register_permission_policy(AccessLook, Records(AccessLook))
register_permission_policy(RetentionRule, Records(RetentionRule, addable=True))
register_permission_policy(SetAside, Records(SetAside))
register_permission_policy(ParticipationPolicy, Records(ParticipationPolicy, addable=True))


hooks.register("register_log_actions", leave_people_out)


@hooks.register("register_admin_viewset")
def civic_records() -> list[Any]:
    return [
        ProposalViewSet(),
        PilotViewSet(),
        FaultViewSet(),
        KeyViewSet(),
        RoundViewSet(),
        PolicyViewSet(),
        DepartmentViewSet(),
        RoleViewSet(),
        LookViewSet(),
        RetentionViewSet(),
        SetAsideViewSet(),
        CheckViewSet(),
    ]


@hooks.register("construct_main_menu")
def rail(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = menu(request)


@hooks.register("construct_page_chooser_queryset")
def pages_to_link(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return linkable(person_at(request), pages)


@hooks.register("construct_homepage_panels")
def my_turn(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [MyTurn()]


@hooks.register("insert_global_admin_css")
def desk_style() -> SafeString:
    url = DjangoViteAssetLoader.instance().generate_vite_asset_url("src/styles/desk.css")
    sheet = format_html('<link rel="stylesheet" href="{}">', url)
    return sheet + format_html('<script src="{}"></script>', static("cms/paper.js"))


@hooks.register("insert_global_admin_js")
def desk_script() -> SafeString:
    return format_html('<script src="{}"></script>', static("cms/desk.js"))
