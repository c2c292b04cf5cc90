"""Is a person's own page complete, and nobody else's?"""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import gettext

from civic.chain.models import Node
from civic.clocks.now import database_now
from civic.notifications.actions import notify
from civic.notifications.models import Notice
from civic.people.actions import grant_role, issue_token, register_person
from civic.people.bearer import person_for_token
from civic.people.models import ApiToken, Person
from tests.counting import cost
from tests.signing import sign_in

AT = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def jimin(client: Client, db: None) -> Person:
    person = register_person(email="jimin@example.org", nickname="지민", password=None, old_enough=True, at=AT)
    sign_in(client, person)
    return person


@pytest.fixture
def other(db: None) -> Person:
    return register_person(email="other@example.org", nickname="다른 이", password=None, old_enough=True, at=AT)


def told(person: Person, seq: int = 1) -> Notice:
    Node.objects.get_or_create(
        key="proposal:P-2026-000001",
        kind="proposal",
        title="어두운 골목",
        state="review",
        path="/proposals/P-2026-000001/",
    )
    due = {"due_at": "2026-10-01T15:00:00+00:00"}
    notify(person=person, fact="ProposalReachedThreshold", key="proposal:P-2026-000001", data=due, seq=seq, at=AT)
    return Notice.objects.get(person=person, seq=seq)


@pytest.mark.parametrize("path", ["/me/", "/me/tokens/", "/me/notices/1/"])
def test_page_of_ones_own_asks_to_sign_in_and_leads_back(client: Client, db: None, path: str) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_own_page_shows_notice_role_and_the_way_out(client: Client, jimin: Person, prefix: str) -> None:
    told(jimin)
    office = {"office": "도로과", "phone": "02-2286-0000"}
    grant_role(by=None, person=jimin, role="official", name="김도로", scope="site", **office, at=AT)
    response = client.get(f"{prefix}/me/")
    page = response.content.decode()
    assert response.status_code == 200
    assert [line.path for line in response.context["inbox"]] == [f"{prefix}/proposals/P-2026-000001/"]
    assert [shown.role.code for shown, _place in response.context["roles"]] == ["official"]
    assert f'action="{prefix}/accounts/logout/"' in page
    assert f'<a href="{prefix}/me/verification/">{response.context["level"]}</a>' in page
    assert "no-store" in response["Cache-Control"]
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=", page)


def test_own_page_unfolds_all_notices_but_the_first_ten(client: Client, jimin: Person) -> None:
    for seq in range(12):
        notify(person=jimin, fact="ProposalExpired", key="proposal:P-2026-000001", data={}, seq=seq, at=AT)
    page = client.get("/en/me/").content.decode()
    before, after = page.split('<details class="inbox-more">')
    assert [part.count('<li class="unread"') for part in (before, after)] == [10, 2]
    assert "<summary>2 more notices</summary>" in after


def test_own_page_shows_where_a_role_of_a_team_holds_and_until_when(client: Client, jimin: Person) -> None:
    scope = "department:11200.safety.roads.lights"
    year = database_now().year + 3
    until = datetime(year, 12, 31, 15, tzinfo=UTC)
    grant_role(by=None, person=jimin, role="official", name="김도로", scope=scope, until=until, at=AT)
    page = client.get("/en/me/").content.decode()
    assert f"도로시설과 도로조명팀 · 02-0000-0121 · Seongdong-gu · until December 31, {year}" in page


def test_opening_a_notice_marks_it_read_and_leads_to_its_page(client: Client, jimin: Person) -> None:
    notice = told(jimin)
    assert client.get(f"/me/notices/{notice.pk}/")["Location"] == "/proposals/P-2026-000001/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_opening_a_notice_from_an_english_page_leads_to_the_english_page(client: Client, jimin: Person) -> None:
    notice = told(jimin)
    assert client.get(f"/en/me/notices/{notice.pk}/")["Location"] == "/en/proposals/P-2026-000001/"


@pytest.mark.parametrize("headers", [{"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}])
def test_notice_fetched_ahead_stays_unread(client: Client, jimin: Person, headers: dict[str, str]) -> None:
    notice = told(jimin)
    assert client.get(f"/me/notices/{notice.pk}/", headers=headers).status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is None


def test_opening_a_notice_about_a_hidden_thing_stays_here(client: Client, jimin: Person) -> None:
    notice = told(jimin)
    Node.objects.update(public=False)
    assert client.get(f"/me/notices/{notice.pk}/")["Location"] == "/me/"


def test_notice_of_somebody_else_is_not_there(client: Client, jimin: Person, other: Person) -> None:
    notice = told(other)
    assert client.get(f"/me/notices/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_notices_are_marked_read_by_post_only(client: Client, jimin: Person, other: Person) -> None:
    told(jimin), told(jimin, 2), told(other)
    assert client.get("/me/notices/read/").status_code == 405
    assert client.post("/me/notices/read/")["Location"] == "/me/"
    assert list(Notice.objects.filter(read_at=None).values_list("person", flat=True)) == [other.pk]


def test_key_is_shown_once_and_works(client: Client, jimin: Person) -> None:
    response = client.post("/me/tokens/", {"label": "달력"})
    raw = response.context["made"]
    assert person_for_token(raw) == jimin
    assert raw in response.content.decode()
    assert raw not in client.get("/me/tokens/").content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("label", ["", "   ", "x" * 61, "\u202e"])
def test_key_without_a_fitting_name_is_refused_at_its_field(client: Client, jimin: Person, label: str) -> None:
    response = client.post("/me/tokens/", {"label": label})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["label"])
    assert ApiToken.objects.count() == 0


def test_revoked_key_works_no_more_and_is_still_listed(client: Client, jimin: Person) -> None:
    raw = issue_token(by=jimin, person=jimin, label="달력", at=AT)
    key = ApiToken.objects.get()
    for _twice in range(2):
        assert client.post(f"/me/tokens/{key.pk}/revoke/")["Location"] == "/me/tokens/"
    assert person_for_token(raw) is None
    assert "달력" in client.get("/me/tokens/").content.decode()


def test_list_of_keys_says_when_each_was_used_last(client: Client, jimin: Person) -> None:
    used = issue_token(by=jimin, person=jimin, label="달력", at=AT)
    issue_token(by=jimin, person=jimin, label="시계", at=AT)
    headers = {"authorization": f"Bearer {used}"}
    assert Client().post("/api/v1/proposals", {}, "application/json", headers=headers).status_code == 422
    page = client.get("/me/tokens/").content.decode()
    assert page.count(gettext("not used yet")) == 1
    assert date_format(ApiToken.objects.get(label="달력").last_used_on, "DATE_FORMAT") in page


def test_page_of_the_keys_says_that_a_new_password_stops_them(client: Client, jimin: Person) -> None:
    assert "A new password revokes every key." in client.get("/en/me/tokens/").content.decode()


def test_key_of_somebody_else_cannot_be_revoked(client: Client, jimin: Person, other: Person) -> None:
    raw = issue_token(by=other, person=other, label="달력", at=AT)
    assert client.post(f"/me/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404
    assert person_for_token(raw) == other


def test_closing_a_forged_form_needs_the_csrf_token(jimin: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(jimin)
    assert strict.post("/me/tokens/", {"label": "달력"}).status_code == 403
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_own_page_takes_the_same_queries_for_any_number(client: Client, jimin: Person, count: int) -> None:
    for seq in range(count):
        told(jimin, seq + 1)
    assert cost(lambda: client.get("/me/")) <= 14
