"""After erasure and purge: does the whole database, its file or the media still hold what was planted?"""

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from civic.clocks.now import database_now
from civic.faults.actions import reject_fault, repair_fault, report_fault, take_fault
from civic.feed.numbering import number_items
from civic.ledger.models import Entry, Receipt
from civic.outbox.actions import deliver_due
from civic.outbox.models import Message
from civic.people.actions import issue_token, verify_at_office
from civic.people.models import AccessLook, Person
from civic.people.person_key import Card
from civic.photos.actions import draw_upload
from civic.photos.models import Photo
from civic.proposals.models import Proposal
from civic.reactions.run import enlist_all, run_all
from cms.content import load_pages
from livinglab.worker import JOBS
from tests import voting
from tests.mailed import CODE, PASSWORD, code_in, mail_to, sign_up
from tests.making import DOSEON, make_lamp, make_official, make_proposal
from tests.searching import files_of_the_database, files_of_the_site, found_in_files, found_in_tables
from tests.signing import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NAME, CARD_NAME = "심은이름등불", "남궁심은"
EMAIL, GUEST = "planted-resident@example.org", "planted-guest@example.org"
PHONE, HOME, NETWORK = "010-9876-1234", "왕십리로 222-7 심은빌라 301호", "198.51.100.77"
PLANTED = (NAME, CARD_NAME, EMAIL, GUEST, PHONE, HOME, NETWORK)
KNOWN = frozenset(PLANTED) - {CARD_NAME}  # a name on a card is hashed and written nowhere
SAID = f"밤에 너무 어둡습니다. {HOME}로 와 주세요. {PHONE} {NAME}"


def picture() -> BytesIO:
    """A photograph whose maker's note says whose it is."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F] = f"{NAME} {PHONE}"
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG", exif=exif)
    return out


def join() -> tuple[Client, Person]:
    """Sign up through the pages, confirm the address, be checked at the counter."""
    client = Client(REMOTE_ADDR=NETWORK, headers={"user-agent": f"Browser of {NAME}"})
    assert sign_up(client, email=EMAIL, nickname=NAME, dong=DOSEON, consent_place="on").status_code == 302
    client.post(CODE, {"code": code_in(mail_to(EMAIL))})
    person = Person.objects.get(email=EMAIL)
    card = Card(name=CARD_NAME, born=date(1980, 5, 6))
    verify_at_office(by=make_official(), person=person, card=card, district="11200", ties={}, at=database_now())
    person.refresh_from_db()
    return client, person


def take_part(person: Person, at: datetime) -> None:
    """Propose, support, speak by a program that repeats itself; vote; report a fault with a picture."""
    token = issue_token(by=person, person=person, label=f"{NAME}의 프로그램", at=at)
    headers = {"authorization": f"Bearer {token}"}
    words = {"title": f"{NAME}의 제안입니다", "problem": SAID, "proposal": SAID, "effect": PHONE, "tags": ["심은빌라"]}

    def call(path: str, body: dict[str, object], key: str) -> dict[str, str]:
        sent = headers | {"idempotency-key": f"{key}-{PHONE}"}
        answer = Client(REMOTE_ADDR=NETWORK).post(f"/api/v1/{path}", body, "application/json", headers=sent)
        assert answer.status_code in (200, 201), answer.content
        return answer.json()

    made = call("proposals", words | {"category": "safety", "dong": DOSEON}, "one")
    call(f"proposals/{made['id']}/posts", {"stance": "evidence", "text": SAID}, "two")
    options = voting.of_proposals(Proposal.objects.get(code=made["id"]), make_proposal(title="골목에 센서등을"))
    round = voting.make_open(at=at, opens_at=at, closes_at=at + voting.WEEK, options=options)
    voting.vote(round, 1, by=person, at=at)
    fault, _key = report_fault(
        by=person, device=make_lamp(), category="dark", text=SAID, email=EMAIL, photo=draw_upload(picture()), at=at
    )
    official = make_official()
    signed_in(official).get(f"/desk/faults/{fault.code}/")  # one of the staff looks
    take_fault(by=official, fault=fault, at=at)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=at)
    report_fault(by=person, device=fault.device, category="dark", text=SAID, at=at)  # it is back; in another browser
    report_fault(device=make_lamp(), category="dark", text=SAID, email=EMAIL, at=at)  # signed out


def report_as_guest(at: datetime) -> None:
    """Somebody without an account leaves an address and a telephone number; the fault is closed, and they are told."""
    said = {"category": "dark", "text": SAID, "email": GUEST, "photo": draw_upload(picture())}
    fault, _key = report_fault(device=make_lamp(), **said, at=at)
    reject_fault(by=make_official(), fault=fault, reason="no_fault", at=at)
    number_items()
    run_all(at=at)
    deliver_due(at=database_now())  # a mail about a fault leaves when it was written, not when the fact was true
    assert not Message.objects.filter(recipient=GUEST, sent_at__isnull=True).exists()


def forty_days_later() -> None:
    """What the worker does by itself, every job once."""
    at = database_now() + timedelta(days=40)
    for _seconds, job in JOBS:
        job(at)


@pytest.fixture
def left(settings: Any, tmp_path: Path) -> None:
    """Somebody took part in everything and left with all their words; a guest's fault is long closed."""
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"  # Django's test runner puts its own in place
    settings.MEDIA_ROOT = tmp_path  # other tests' pictures stay where they are when their rows are rolled back
    load_pages()
    enlist_all()
    client, person = join()
    take_part(person, database_now())
    report_as_guest(database_now())
    assert {word for word, _table, _column in found_in_tables(PLANTED)} == KNOWN
    assert Photo.objects.count() == len(list(tmp_path.rglob("*.jpg"))) == 2
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.post("/me/leave/", {"texts": "gone", "nickname": NAME})
    assert (answer.status_code, answer["Location"]) == (302, "/privacy/left/")
    forty_days_later()


@pytest.mark.usefixtures("left")
def test_ac_3_3_no_table_holds_a_name_a_telephone_number_or_an_address_of_who_left():
    assert found_in_tables(PLANTED) == set()
    assert Entry.objects.filter(fact="PersonErased").count() == 1
    assert AccessLook.objects.get().subject is None
    assert Receipt.objects.count() == 0


@pytest.mark.usefixtures("left")
def test_ac_3_3_no_picture_and_no_file_is_left_of_who_left():
    assert Photo.objects.count() == 0
    assert found_in_files(PLANTED, files_of_the_site()) == set()
    assert list(files_of_the_site()[0].rglob("*.jpg")) == []


@pytest.mark.sqlite
@pytest.mark.usefixtures("left")
def test_not_even_the_free_pages_of_the_databases_file_hold_it():
    assert found_in_files(PLANTED, files_of_the_database()) == set()
