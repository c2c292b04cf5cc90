"""What goes when a person leaves, what stays without them, and who may not leave?"""

import json
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from civic.faults.actions import report_fault
from civic.faults.models import Contact, Report
from civic.ledger.models import Entry, EntryPrivate
from civic.outbox.actions import queue_message
from civic.outbox.models import Message
from civic.people.actions import revoke_role
from civic.people.models import ConsentRecord, Person
from civic.people.queries import documents_in_force, forget_grants
from civic.photos.models import Photo
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from civic.privacy.facts import PersonErased
from civic.privacy.kept import KEPT, After
from civic.privacy.queries.export import export_of
from civic.proposals.actions import adopt_proposal, support_proposal
from civic.proposals.models import Proposal, Support
from civic.proposals.states import State
from civic.refusals import Refused
from civic.threads.actions import write_post
from civic.threads.models import Post
from civic.voting.actions import close_round
from civic.voting.models import OpenBallot, Participation
from tests.making import NOON, make_lamp, make_official, make_person, make_proposal, make_reviewed
from tests.privacy_examples import agreed
from tests.voting import make_open, vote

pytestmark = pytest.mark.django_db


def erase(person: Person, texts: Texts = Texts.KEPT) -> None:
    erase_person(by=person, person=Person.objects.get(pk=person.pk), texts=texts, at=NOON)


def refused(by: Person | None, person: Person) -> str:
    with pytest.raises(Refused) as caught:
        erase_person(by=by, person=person, texts=Texts.KEPT, at=NOON)
    return caught.value.refusal.code


def test_account_is_gone_and_the_record_says_so_without_saying_who() -> None:
    person = make_person("떠날이웃")
    id, address = person.pk, person.email
    erase(person)

    assert not Person.objects.filter(pk=id).exists()
    entry = Entry.objects.get(fact="PersonErased")
    assert (entry.key, entry.data) == ("people", {"by": "self", "texts": "kept"})
    assert not EntryPrivate.objects.filter(entry=entry).exists()
    assert not {str(id), address} & {*map(str, entry.data.values())}
    assert PersonErased.audience == "staff"


def test_private_lines_of_the_ledger_go_the_entries_stay() -> None:
    person = make_person()
    make_proposal(person)
    entries = Entry.objects.count()
    assert EntryPrivate.objects.filter(person=person).exists()
    erase(person)
    assert Entry.objects.count() == entries + 1
    assert not EntryPrivate.objects.filter(person=person.pk).exists()


def test_words_that_stay_have_no_name() -> None:
    person = make_person("떠날이웃")
    proposal = make_proposal(person)
    write_post(by=person, thread=proposal.thread, stance="for", text="밤마다 무섭습니다.", at=NOON)
    erase(person, Texts.KEPT)

    proposal.refresh_from_db()
    assert (proposal.author_id, proposal.title, proposal.state) == (None, "꺼진 보안등, 먼저 알려 주세요", State.OPEN)
    assert list(Post.objects.values_list("author", "text")) == [(None, "밤마다 무섭습니다.")]


def test_words_that_go_leave_their_place_and_no_word() -> None:
    person, other = make_person(), make_person()
    proposal = make_proposal(person)
    asked = write_post(by=person, thread=proposal.thread, stance="question", text="언제 고치나요?", at=NOON)
    write_post(by=other, thread=proposal.thread, stance="for", text="저도요.", reply_to=asked.pk, at=NOON)
    erase(person, Texts.GONE)

    proposal.refresh_from_db()
    assert (proposal.problem, proposal.solution, proposal.state) == ("", "", State.WITHDRAWN)
    assert list(Post.objects.order_by("pk").values_list("text", flat=True)) == ["", "저도요."]
    assert list(proposal.tags.all()) == []


def test_adopted_proposal_whose_words_go_stays_adopted_with_its_answer() -> None:
    person = make_person()
    proposal = make_reviewed(by=person)
    words = {"reason": "구간을 정해 시험하겠습니다.", "planned": "2027년 3월"}
    proposal = adopt_proposal(by=make_official(), proposal=proposal, **words, at=NOON)
    erase(person, Texts.GONE)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.problem) == (State.ADOPTED, "")
    assert proposal.answer.reason.strip("<p/>")


def test_voices_in_what_is_open_are_taken_back_those_in_what_is_decided_stay() -> None:
    person = make_person()
    open_one, done = make_proposal(), make_reviewed()
    for proposal in (open_one, done):
        support_proposal(by=person, proposal=proposal, at=NOON)
    words = {"reason": "구간을 정해 시험하겠습니다.", "planned": "2027년 3월"}
    adopt_proposal(by=make_official(), proposal=Proposal.objects.get(pk=done.pk), **words, at=NOON)
    erase(person)

    counted = dict(Proposal.objects.values_list("pk", "supports"))
    assert (counted[open_one.pk], counted[done.pk]) == (0, 31)
    assert Support.objects.filter(proposal=done).count() == 31
    assert Support.objects.filter(proposal=done, person__isnull=True).count() == 1


def test_ballot_in_an_open_vote_is_taken_out_one_in_a_closed_vote_stays_counted() -> None:
    person = make_person()
    running, closed = make_open(), make_open()
    for round in (running, closed):
        vote(round, 2, by=person)
        vote(round, 1)
    close_round(by=None, round=closed, at=NOON)
    erase(person)

    running.refresh_from_db()
    closed.refresh_from_db()
    assert (running.turnout, closed.turnout) == (1, 2)
    assert OpenBallot.objects.filter(participation__round=running).count() == 1
    assert Participation.objects.filter(round=closed, person__isnull=True).count() == 1
    assert closed.urn.count() == 2


def test_reports_lose_words_address_and_pictures(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person = make_person()
    fault, _key = report_fault(
        by=person, device=make_lamp(), category="dark", text="우리 집 앞 등입니다.", email="me@example.org", at=NOON
    )
    report = Report.objects.get(fault=fault)
    path = default_storage.save("photos/xx/lamp.jpg", ContentFile(b"picture"))
    Photo.objects.create(key=report.key, file=path, width=1, height=1, public=True, at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        erase(person)

    report.refresh_from_db()
    assert (report.text, report.person_id) == ("", None)
    assert (Contact.objects.count(), Photo.objects.count()) == (0, 0)
    assert not default_storage.exists(path)
    fault.refresh_from_db()
    assert fault.reports == 1


def test_guest_report_with_the_same_address_loses_it_too() -> None:
    person = make_person()
    report_fault(by=None, device=make_lamp(), category="dark", email=person.email.upper(), at=NOON)
    assert Contact.objects.exists()
    erase(person)
    assert not Contact.objects.exists()


def test_address_that_was_typed_and_never_confirmed_is_somebody_elses() -> None:
    person = make_person()
    for address, confirmed in (("neighbour@example.org", False), ("own@example.org", True)):
        EmailAddress.objects.create(user=person, email=address, verified=confirmed)
        report_fault(by=None, device=make_lamp(), category="dark", email=address, at=NOON)
        queue_message(sender="lab@example.org", recipient=address, subject="s", body="b", at=NOON)
    erase(person)
    assert list(Contact.objects.values_list("email", flat=True)) == ["neighbour@example.org"]
    assert set(Message.objects.values_list("recipient", flat=True)) == {"neighbour@example.org"}


def test_mail_to_the_address_goes_others_mail_stays() -> None:
    person, other = make_person(), make_person()
    for address in (person.email, other.email):
        queue_message(sender="lab@example.org", recipient=address, subject="s", body="b", at=NOON)
    erase(person)
    assert list(Message.objects.values_list("recipient", flat=True)) == [other.email]


def test_consents_end_their_proof_stays_under_a_number_that_leads_nowhere() -> None:
    person = make_person()
    agreed(person)
    id = person.pk
    erase(person)
    records = ConsentRecord.objects.all()
    assert len(records) == len(documents_in_force())
    assert {(record.person_id, record.account, record.withdrawn_at, record.network) for record in records} == {
        (None, id, NOON, "")
    }


def test_no_row_of_any_table_points_to_who_has_left() -> None:
    person = make_person()
    proposal = make_proposal(person)
    agreed(person)
    support_proposal(by=person, proposal=make_proposal(), at=NOON)
    write_post(by=person, thread=proposal.thread, stance="for", text="밤마다 무섭습니다.", at=NOON)
    vote(make_open(), 1, by=person)
    held = {name for name, rows in export_of(person)["rows"].items() if rows}
    assert {"civic.Proposal.author", "civic.Post.author", "civic.ConsentRecord.person"} <= held
    assert {KEPT[name].after for name in held} == {After.GOES, After.NAMELESS}
    copy = Person(pk=person.pk, email="x", nickname="x")
    erase(person)
    assert not [name for name, rows in export_of(copy)["rows"].items() if rows]


def test_somebody_in_office_is_asked_to_hand_the_role_back_first() -> None:
    official = make_official()
    assert refused(official, official) == "in_office"
    revoke_role(by=None, person=official, role="official", scope="district:11200", at=NOON)
    forget_grants(official)
    erase(official)
    assert not Person.objects.filter(pk=official.pk).exists()


def test_an_experts_role_goes_with_the_account() -> None:
    erase(make_official(role="expert"))
    assert Entry.objects.filter(fact="PersonErased").exists()


def test_nobody_erases_somebody_else() -> None:
    assert refused(make_official(role="admin"), make_person()) == "not_own_account"


def test_answers_given_in_office_keep_the_office_and_the_name_of_then() -> None:
    official = make_official()
    name = official.nickname
    words = {"reason": "구간을 정해 시험하겠습니다.", "planned": "2027년 3월"}
    proposal = adopt_proposal(by=official, proposal=make_reviewed(), **words, at=NOON)
    revoke_role(by=None, person=official, role="official", scope="district:11200", at=NOON)
    erase(official, Texts.GONE)
    proposal.answer.refresh_from_db()
    answer = proposal.answer
    assert (answer.official_id, answer.official_name, answer.office) == (None, name, "도로시설과")


def test_who_left_stands_in_destroyed_log_by_number_alone(
    destroyed_log: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    person = make_person("떠날이웃")
    line = {"at": NOON.isoformat(), "what": "person", "id": str(person.pk), "texts": "gone"}
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, Texts.GONE)
        assert _lines(destroyed_log) == [line | {"step": "begun"}]  # before the commit
    assert _lines(destroyed_log) == [line | {"step": "begun"}, line | {"step": "done"}]


def _lines(log: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_erasure_that_fails_writes_nothing_and_erases_nobody(destroyed_log: Path) -> None:
    person = make_person()
    destroyed_log.mkdir()  # a disk that refuses
    with pytest.raises(IsADirectoryError), transaction.atomic():
        erase_person(by=person, person=person, texts=Texts.KEPT, at=NOON)
    assert Person.objects.filter(email=person.email).exists()
    assert not Entry.objects.filter(fact="PersonErased").exists()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("texts", Texts)
def test_pages_of_what_is_left_open_and_name_a_former_member(texts: Texts, prefix: str) -> None:
    person = make_person("떠날이웃")
    proposal = make_proposal(person)
    write_post(by=person, thread=proposal.thread, stance="for", text="밤마다 무섭습니다.", at=NOON)
    erase(person, texts)
    client = Client()
    for path in (f"/proposals/{proposal.code}/", f"/proposals/{proposal.code}/posts/", "/proposals/", "/"):
        answer = client.get(f"{prefix}{path}")
        assert answer.status_code == 200
        assert "떠날이웃" not in answer.content.decode()
    page = client.get(f"{prefix}/proposals/{proposal.code}/").content.decode()
    assert ("a former member" if prefix else "탈퇴한 이용자") in page
    told = client.get(f"/api/v1/proposals/{proposal.code}")
    assert told.status_code == 200
    assert (told.json()["title"] == "꺼진 보안등, 먼저 알려 주세요") == (texts == Texts.KEPT)
