"""Does each kind of data go when its time is over, not before, with a line in the ledger, and nothing else?"""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from civic.clocks.now import database_now
from civic.faults.actions import reject_fault, reopen_fault, repair_fault, report_fault, take_fault
from civic.faults.models import Contact, Report
from civic.ledger.models import Entry, EntryPrivate, Receipt
from civic.notifications.models import Notice
from civic.outbox.actions import queue_message
from civic.outbox.models import Message
from civic.outbox.queries import MOST_ATTEMPTS
from civic.people.actions import grant_role, register_person
from civic.people.models import AccessLook, Person
from civic.photos.models import Photo
from civic.privacy.models import InactivityNotice, RetentionRule
from civic.privacy.purging import CLOCK, purge, purge_by_night
from civic.privacy.queries import due, due_tonight, known_rules
from civic.privacy.queries.over import OVER
from civic.privacy.retained import KINDS
from civic.proposals.actions import expire_proposal
from civic.proposals.models import Proposal
from civic.voting.actions import publish_round
from civic.voting.models import Participation, Round
from tests.making import NOON, make_adopted, make_lamp, make_official, make_person, make_proposal
from tests.meanwhile import right_after
from tests.voting import make_counted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def rules(*codes: str) -> list[RetentionRule]:
    return list(RetentionRule.objects.filter(code__in=codes))


def gone(code: str, at) -> int:
    """How many of one kind a purge at that moment destroys; what the count before had said."""
    (said,) = due(rules(code), at=at)
    (purged,) = purge(rules(code), at=at)
    assert (purged.failed, purged.number) == (False, said.number)
    return purged.number


def unconfirmed(number: int) -> Person:
    return register_person(
        email=f"u{number}@example.org", nickname=f"잠깐{number}", password=None, old_enough=True, at=NOON
    )


def test_every_kind_has_its_row_its_words_and_what_is_over():
    assert [rule.code for rule in known_rules()] == list(KINDS)
    assert set(OVER) | {"inactive", "inactive_notice"} == set(KINDS)
    assert all(kind.least <= rule.days <= kind.most for rule in known_rules() for kind in [KINDS[rule.code]])


def test_counting_changes_nothing_and_finds_nothing_at_first():
    before = database_now()
    assert {found.number for found in due(known_rules(), at=before)} == {0}
    assert not RetentionRule.objects.filter(purged_at__isnull=False).exists()


def test_accounts_nobody_confirmed_go_after_seven_days_and_no_others():
    lapsed, granted, signed_in = (unconfirmed(number) for number in range(3))
    confirmed = make_person()
    grant_role(by=None, person=granted, role="admin", scope="site", at=NOON)
    Person.objects.filter(pk=signed_in.pk).update(last_login=NOON)
    assert gone("unconfirmed", NOON + 6 * DAY) == 0
    assert gone("unconfirmed", NOON + 8 * DAY) == 1
    assert set(Person.objects.values_list("pk", flat=True)) == {granted.pk, signed_in.pk, confirmed.pk}
    assert lapsed.pk not in Person.objects.values_list("pk", flat=True)


def test_mails_go_thirty_days_after_they_left_or_were_given_up():
    words = {"sender": "lab@example.org", "body": "b", "at": NOON}
    sent, lost, _waiting = (queue_message(recipient=f"{s}@example.org", subject=s, **words) for s in "abc")
    Message.objects.filter(pk=sent.pk).update(sent_at=NOON)
    Message.objects.filter(pk=lost.pk).update(attempts=MOST_ATTEMPTS, error="no such mailbox")
    assert gone("mails", NOON + 30 * DAY) == 0
    assert gone("mails", NOON + 30 * DAY + timedelta(seconds=1)) == 2
    assert list(Message.objects.values_list("subject", flat=True)) == ["c"]


def test_receipts_go_after_seven_days():
    Receipt.objects.create(person=make_person(), key="k", fingerprint="p", at=NOON)
    assert [gone("receipts", NOON + 7 * DAY), gone("receipts", NOON + 8 * DAY)] == [0, 1]


def test_ac_3_3_guests_address_words_and_pictures_go_thirty_days_after_closing():
    person, lamp = make_person(), make_lamp()
    fault, _key = report_fault(device=lamp, category="dark", text="전화 010-1234-5678", email="g@example.org", at=NOON)
    guest = Report.objects.get()
    own = Report.objects.create(fault=fault, person=person, digest="d", text="제가 봤어요", at=NOON)
    Contact.objects.create(report=own, email=person.email, language="ko")
    Photo.objects.create(key=guest.key, file="photos/ab/abc.jpg", width=1, height=1, at=NOON)
    reject_fault(by=make_official(), fault=fault, reason="no_fault", at=NOON)
    assert [gone("guest_contact", NOON + n * DAY) for n in (29, 31, 32)] == [0, 2, 0]
    assert (Contact.objects.count(), Photo.objects.count()) == (0, 0)
    assert set(Report.objects.values_list("text", flat=True)) == {"", "제가 봤어요"}
    line = Entry.objects.filter(fact="DataDestroyed").latest("id")
    assert (line.key, line.data["ids"], line.data["number"]) == ("retention:guest_contact", [fault.code], 2)


def test_guests_address_goes_thirty_days_after_a_repair_that_nobody_closed_and_stays_while_it_is_back():
    official, lamp = make_official(), make_lamp()
    fault, _key = report_fault(device=lamp, category="dark", text="여기입니다.", email="g@example.org", at=NOON)
    take_fault(by=official, fault=fault, at=NOON)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON)
    fault = reopen_fault(by=official, fault=fault, at=NOON + 20 * DAY)
    assert gone("guest_contact", NOON + 90 * DAY) == 0  # still to be mended: they are told when it is
    take_fault(by=official, fault=fault, at=NOON + 90 * DAY)
    repair_fault(by=official, fault=fault, result="배선을 고쳤습니다.", at=NOON + 90 * DAY)
    assert [gone("guest_contact", NOON + n * DAY) for n in (119, 121)] == [0, 1]
    assert not Contact.objects.exists()


def test_sessions_go_fourteen_days_after_their_last_use_and_what_is_noted_of_the_browser(settings):
    person = make_person()
    store = SessionStore()
    store.create()
    UserSession.objects.create(user=person, ip="192.0.2.7", user_agent="x", session_key=store.session_key)
    used = Session.objects.get().expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    assert gone("sessions", used + 13 * DAY) == 0
    purge(rules("sessions"), at=used + 15 * DAY)
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_author_of_an_adopted_proposal_is_forgotten_after_three_years_and_of_another_after_two():
    adopted, over = make_adopted(), make_proposal()
    over = expire_proposal(proposal=over, at=over.closes_at)
    told = {"person": over.author, "fact": "ProposalExpired", "key": over.key, "at": NOON}
    for seq, data in enumerate(({"as": "author"}, {}), start=1):
        Notice.objects.create(**told, data=data, seq=seq)
    assert gone("proposals_declined", over.moved_at + 731 * DAY) == 1
    assert gone("proposals_adopted", adopted.moved_at + 731 * DAY) == 0
    assert gone("proposals_adopted", adopted.moved_at + 1096 * DAY) == 1
    assert not Proposal.objects.filter(author__isnull=False).exists()
    assert not EntryPrivate.objects.filter(fields__as="author").exists()
    assert not Notice.objects.exists()
    assert Proposal.objects.get(pk=over.pk).title == over.title


def test_who_took_part_in_a_vote_is_forgotten_thirty_days_after_the_result():
    round = make_counted((1,), (1, 2))
    at = round.closes_at + DAY
    publish_round(by=None, round=round, at=at)
    assert gone("voters", at + 29 * DAY) == 0
    assert gone("voters", at + 31 * DAY) == 2
    assert Participation.objects.filter(person__isnull=True).count() == 2


def test_who_took_part_in_a_vote_that_was_given_up_goes_half_a_year_and_thirty_days_after_closing():
    round = make_counted((1,), (1, 2))
    assert gone("voters", round.closed_at + 209 * DAY) == 0
    assert gone("voters", round.closed_at + 211 * DAY) == 2
    assert Round.objects.get().turnout == 2


def test_log_of_looks_goes_after_two_years():
    AccessLook.objects.create(by_name="n", about="fault:F", what="reports", task="read_reports", at=NOON)
    assert [gone("access_log", NOON + 729 * DAY), gone("access_log", NOON + 731 * DAY)] == [0, 1]


def test_account_nobody_uses_is_told_at_23_months_and_erased_at_24_and_never_without_a_month_between():
    quiet, back, official = make_person("조용한이웃"), make_person("돌아온이웃"), make_official()
    for person in (quiet, back):
        Person.objects.filter(pk=person.pk).update(last_login=NOON)
    assert gone("inactive_notice", NOON + 699 * DAY) == 0
    assert gone("inactive_notice", NOON + 701 * DAY) == 2
    assert gone("inactive_notice", NOON + 702 * DAY) == 0
    assert set(Message.objects.values_list("recipient", flat=True)) == {quiet.email, back.email}
    assert "/accounts/login/" in Message.objects.first().body
    Person.objects.filter(pk=back.pk).update(last_login=NOON + 710 * DAY)
    assert gone("inactive", NOON + 729 * DAY) == 0
    assert gone("inactive", NOON + 732 * DAY) == 1
    assert set(Person.objects.values_list("pk", flat=True)) == {back.pk, official.pk}


def test_account_found_long_after_its_time_is_told_first_and_erased_a_month_later():
    make_person()
    late = NOON + 1500 * DAY
    assert (gone("inactive", late), gone("inactive_notice", late), gone("inactive", late + DAY)) == (0, 1, 0)
    assert gone("inactive", late + 31 * DAY) == 1


def test_account_that_was_used_after_a_notice_is_told_anew_before_it_goes():
    InactivityNotice.objects.create(person=make_person(), at=NOON)
    Person.objects.update(last_login=NOON + 10 * DAY)
    late = NOON + 750 * DAY
    assert (gone("inactive", late), gone("inactive_notice", late), gone("inactive", late + 31 * DAY)) == (0, 1, 1)


def test_account_whose_owner_comes_back_in_that_very_moment_stays():
    InactivityNotice.objects.create(person=make_person(), at=NOON + 701 * DAY)
    late = NOON + 732 * DAY
    with right_after('"civic_inactivitynotice"', lambda: Person.objects.update(last_login=late)):
        assert [purged.number for purged in purge(rules("inactive"), at=late)] == [0]
    assert Person.objects.count() == 1


def test_account_whose_owner_only_writes_by_a_program_is_used():
    author = make_person()
    InactivityNotice.objects.create(person=author, at=NOON + 701 * DAY)
    make_proposal(author, at=NOON + 705 * DAY)
    assert gone("inactive", NOON + 731 * DAY) == 0


def test_line_says_rule_number_days_and_by_whom_and_is_not_to_be_changed():
    Receipt.objects.create(person=make_person(), key="k", fingerprint="p", at=NOON)
    purge(rules("receipts"), by=CLOCK, at=NOON + 8 * DAY)
    line = Entry.objects.get(fact="DataDestroyed")
    assert line.data == {"number": 1, "days": 7, "by": "clock", "ids": []}
    assert not EntryPrivate.objects.filter(entry=line).exists()


def test_clock_looks_at_each_kind_once_a_night():
    at = database_now()
    assert len(due_tonight(at)) == len(KINDS)
    purge_by_night(at)
    assert due_tonight(at) == []
    assert len(due_tonight(at + DAY)) == len(KINDS)


def test_kind_that_fails_is_said_and_holds_up_no_other(caplog):
    Receipt.objects.create(person=make_person(), key="k", fingerprint="p", at=NOON)
    odd = RetentionRule(code="tea", days=30)  # a row that is not there
    first, second = purge([odd, *rules("receipts")], at=NOON + 8 * DAY)
    assert (first.failed, second.failed, second.number) == (True, False, 1)
    assert "What is over of tea could not be destroyed" in caplog.text


def test_ac_3_3_command_counts_without_changing_and_then_destroys():
    Receipt.objects.create(person=make_person(), key="k", fingerprint="p", at=database_now() - 8 * DAY)

    def said(*words: str) -> dict[str, int]:
        out = StringIO()
        call_command("purge", "--json", *words, stdout=out)
        found = json.loads(out.getvalue())
        assert found["dry_run"] == ("--dry-run" in words)
        return {rule["code"]: rule["number"] for rule in found["rules"]}

    assert (said("--dry-run")["receipts"], said("--dry-run")["receipts"]) == (1, 1)
    assert (said()["receipts"], said()["receipts"]) == (1, 0)
    out = StringIO()
    call_command("purge", "--dry-run", stdout=out)
    assert "receipts (kept 7 days)" in out.getvalue()


def test_author_of_an_adopted_proposal_stays_known_while_things_go_on():
    """The time of an adopted proposal runs from its last step, so that a running pilot keeps its author."""
    proposal = make_adopted()
    Proposal.objects.filter(pk=proposal.pk).update(moved_at=proposal.moved_at + 900 * DAY)
    assert gone("proposals_adopted", proposal.moved_at + 1096 * DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_and_erase_each_account_once():
    for number in range(3):
        make_person(f"조용한이웃{number}")

    def work(day: int) -> list[int]:
        def purge_all(_worker: int) -> int:
            try:
                return sum(one.number for one in purge(rules("inactive", "inactive_notice"), at=NOON + day * DAY))
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as both:
            return list(both.map(purge_all, range(2)))

    assert sum(work(701)) == 3
    assert Message.objects.count() == 3
    assert sum(work(735)) == 3
    assert not Person.objects.exists()
    assert Entry.objects.filter(fact="PersonErased").count() == 3
