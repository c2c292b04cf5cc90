"""Do words of offices, accounts and browsers act on a page? What one account writes others read, at the desk too."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.actions import transfer_fault
from civic.people.actions import DepartmentWords, amend_department, grant_role, revoke_role, sign_off_access
from civic.people.models import Department
from civic.privacy.actions import set_retention
from civic.privacy.models import RetentionRule
from civic.proposals.actions import discuss_proposal, transfer_proposal
from tests.mailed import LOGIN, PASSWORD, SIGNUP, sign_up
from tests.making import NOON, make_fault, make_official, make_person, make_proposal, make_reviewed
from tests.security.corpus import ATTACKS, acting
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ALL = "가로등 아래에서. " + " ".join(ATTACKS)
IMAGE, VECTOR, SCRIPT = "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<script>alert(1)</script>"
LIVE = ("<script>alert", "<img src=x", "<svg/onload", "<iframe", "onerror=alert(1)>")  # as they would stand if they did
GREEN = "11200.life.env.green"


def hold(path, client=None):
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    assert acting(answer.content.decode()) == [], path


def hold_at_desk(client, *paths):
    """Wagtail's pages have scripts of their own: what was written is looked for as it was written."""
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert [word for word in LIVE if word in answer.content.decode()] == [], path


def at_home(person, **headers):
    """A browser that has just shown, twice, whose it is: one's own data opens."""
    client = Client(headers=headers)
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def site_admin():
    person = make_official(role="admin")
    grant_role(by=None, person=person, role="admin", scope="site", at=NOON)
    return person


def test_names_of_a_department_act_on_no_page(pages):
    admin, green = make_official(role="admin"), Department.objects.get(code=GREEN)
    words = DepartmentWords(name_ko=IMAGE, name_en=IMAGE, phone="02-0000-0131", work_ko=ALL[:190], work_en=ALL[:290])
    amend_department(by=admin, department=green, words=words, at=NOON)
    proposal, fault = make_reviewed(at=database_now() - timedelta(days=1)), make_fault()
    transfer_proposal(by=make_official(), proposal=proposal, department=green, reason=ALL[:400], at=database_now())
    transfer_fault(by=make_official(), fault=fault, department=green, note=ALL[:400], at=database_now())
    for path in ("/departments/", f"/departments/{GREEN}/", f"/proposals/{proposal.code}/", f"/faults/{fault.code}/"):
        hold(path)
        hold(f"/en{path}")
    hold(f"/proposals/{proposal.code}/", signed_in(proposal.author))
    paths = (
        "proposals/",
        "faults/",
        f"faults/{fault.code}/",
        f"proposals/inspect/{proposal.pk}/",
        "departments/",
        f"departments/{GREEN}/",
    )
    hold_at_desk(signed_in(admin), *(f"/desk/{path}" for path in paths))


def test_reasons_of_roles_and_remarks_of_reviews_act_at_no_desk(pages):
    admin, person = site_admin(), make_person()
    words = {"office": IMAGE, "phone": "02-0000-0102", "reason": ALL[:190]}
    grant_role(by=admin, person=person, role="expert", scope="district:11200", **words, at=NOON)
    revoke_role(by=admin, person=person, role="expert", scope="district:11200", reason=ALL[:190], at=NOON)
    grant_role(by=admin, person=person, role="expert", scope="district:11200", **words, at=NOON)
    sign_off_access(by=admin, district="11200", month=date(2026, 2, 1), remark=ALL[:190], at=NOON)
    hold_at_desk(signed_in(admin), "/desk/roles/", "/desk/roles/history/", "/desk/looks/", "/desk/looks/11200/2026-2/")
    proposal = make_proposal(at=database_now())
    discuss_proposal(by=person, proposal=proposal, stance="evidence", text="살펴보았습니다.", at=database_now())
    hold(f"/proposals/{proposal.code}/")


def test_ground_of_a_keeping_time_acts_on_no_page(pages):
    admin, rule = site_admin(), RetentionRule.objects.get(code="guest_contact")
    set_retention(by=admin, rule=rule, days=14, basis_ko=ALL[:190], basis_en=ALL[:190], at=NOON)
    hold("/privacy/")
    hold_at_desk(signed_in(admin), "/desk/retention/")


@pytest.mark.parametrize("attack", [IMAGE, VECTOR, SCRIPT, ATTACKS[1]])
def test_nickname_that_would_be_a_page_is_shown_as_words_or_refused(attack):
    answer = sign_up(Client(), nickname=attack[:30])
    if answer.status_code == 200:
        assert acting(answer.content.decode()) == []
    client = signed_in(make_person())
    told = client.post("/me/details/", {"nickname": attack[:30], "dong": ""})
    assert acting(told.content.decode()) == []
    hold("/me/", client)


def test_name_that_a_browser_gives_itself_acts_on_no_page():
    person = make_person(password=PASSWORD)
    for attack in (IMAGE, SCRIPT, f"Mozilla/5.0 ({VECTOR}) Chrome/140.0 {SCRIPT}"):
        client = at_home(person, **{"user-agent": attack, "accept-language": attack})
        hold("/accounts/sessions/", client)
        hold("/me/export/", client)


def test_name_of_a_passkey_acts_on_no_page():
    person = make_person(password=PASSWORD)
    data = {"name": SCRIPT, "credential": {}}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
    for path in ("/accounts/2fa/", "/accounts/2fa/webauthn/"):
        hold(path, signed_in(person))


def test_all_that_a_person_wrote_acts_on_no_page_of_their_own():
    person, now = make_person(password=PASSWORD), database_now()
    client = at_home(person)
    make_proposal(person, problem=ALL, solution=ALL, expected_effect=ALL, at=now)
    discuss_proposal(by=person, proposal=make_proposal(at=now), stance="for", text=ALL[:1900], at=now)
    hold("/me/export/", client)
    hold("/en/me/export/", client)
    answer = client.get("/me/export.json")
    assert answer["Content-Type"] == "application/json"
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_code_in_an_address_acts_on_no_page(attack):
    client = signed_in(make_person())
    for path, name in (("/me/verification/", "code"), ("/me/consents/", "next"), (SIGNUP, "next")):
        page = (Client() if path == SIGNUP else client).get(path, {name: attack}).content.decode()
        assert acting(page) == [], path
