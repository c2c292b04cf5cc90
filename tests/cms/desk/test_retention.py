"""Times of keeping at the desk: who reads them, who changes one, and the destruction ledger below."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry, Receipt
from civic.people.actions import grant_role
from civic.people.roles import EVERYWHERE
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from civic.privacy.models import RetentionRule
from civic.privacy.purging import purge
from civic.privacy.retained import KINDS
from tests.answers import text
from tests.counting import cost
from tests.making import NOON, make_official, make_person
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
LIST = "/desk/retention/"
GUESTS = f"{LIST}guest_contact/"
WORDS = {"days": "14", "basis_ko": "내부 관리계획 제3조", "basis_en": "Our own plan, part 3"}


@pytest.fixture
def keeper(pages: None) -> Client:
    """Who administers the whole site."""
    person = make_official(role="admin")
    grant_role(by=None, person=person, role="admin", scope=EVERYWHERE, at=NOON)
    return signed_in(person)


def days() -> int:
    return RetentionRule.objects.get(code="guest_contact").days


def destroy(number: int) -> None:
    """So many lines for the ledger."""
    at = database_now()
    for n in range(number):
        Receipt.objects.create(person=make_person(), key=f"k{n}", fingerprint="p", at=at - timedelta(days=8))
        purge(RetentionRule.objects.filter(code="receipts"), at=at)


def test_table_says_of_every_kind_how_long_and_why(keeper):
    page = text(keeper.get(LIST))
    assert all(str(kind.what) in page for kind in KINDS.values())
    assert "국민 제안 규정 제22조" in page
    assert f'href="{GUESTS}"' in page


def test_cells_of_the_table_carry_the_name_of_their_column_for_phones(keeper):
    cells = re.findall(r'<td data-label="([^"]+)"', text(keeper.get(LIST)))
    assert (cells.count("근거"), len(set(cells))) == (len(KINDS), 3)


def test_keeper_changes_a_line_and_residents_read_it_on_the_privacy_page(keeper):
    answer = keeper.post(GUESTS, WORDS)
    assert (answer.status_code, answer["Location"], days()) == (302, LIST, 14)
    assert "내부 관리계획 제3조" in text(keeper.get(LIST))
    assert "내부 관리계획 제3조" in text(Client().get("/privacy/"))


@pytest.mark.parametrize("wrong", [{"days": "31"}, {"days": "0"}, {"days": "soon"}, {"basis_ko": ""}, {"days": ""}])
def test_line_that_may_not_be_is_refused_with_a_sentence_and_the_words_stay(keeper, wrong):
    page = text(keeper.post(GUESTS, WORDS | wrong), 422)
    assert "error-message" in page
    assert "Our own plan, part 3" in page
    assert days() == 30


def test_kind_that_is_not_there_is_not_found(keeper):
    assert keeper.get(f"{LIST}tea/").status_code == 404


def test_administrator_of_a_district_reads_and_changes_nothing(admin):
    page = text(admin.get(LIST))
    assert f'href="{GUESTS}"' not in page
    assert "disabled" in text(admin.get(GUESTS)).split("desk-why")[1]
    assert 'class="error"' in text(admin.post(GUESTS, WORDS), 422)
    assert days() == 30


def test_auditor_reads_and_an_official_does_not(official, pages):
    auditor = signed_in(make_official(role="auditor"))
    assert f'href="{GUESTS}"' not in text(auditor.get(LIST))
    assert auditor.post(GUESTS, WORDS).status_code == 302  # led away: the form is not theirs
    assert official.get(LIST).status_code == 302
    assert days() == 30


def test_ledger_says_what_went_how_many_by_whom_and_never_whose(keeper):
    person = make_person("지워질이웃")
    erase_person(by=person, person=person, texts=Texts.KEPT, at=database_now())
    destroy(1)
    page = text(keeper.get(LIST))
    assert str(KINDS["receipts"].what) in page.split("<h2")[1]
    assert "지워질이웃" not in page
    assert Entry.objects.filter(fact__in=["DataDestroyed", "PersonErased"]).count() == 2


def test_ledger_costs_the_same_with_one_line_and_with_thirty(keeper):
    destroy(1)
    few = cost(lambda: keeper.get(LIST))
    destroy(29)
    assert cost(lambda: keeper.get(LIST)) == few


def test_ledger_is_turned_page_by_page(keeper):
    destroy(31)
    assert "?page=2" in text(keeper.get(LIST))
    assert keeper.get(f"{LIST}?page=2").status_code == 200
