"""Does the export hold everything that is known of a person, nothing of anybody else, and no secret?"""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import override

from civic.faults.actions import report_fault
from civic.faults.models import Report
from civic.ledger.facts import all_facts
from civic.outbox.actions import queue_message
from civic.people.actions import Subject, grant_role, issue_token, note_looks
from civic.people.models import ApiToken, Seen
from civic.people.queries import keys_to_people
from civic.photos.models import Photo
from civic.privacy.fact_words import WORDS
from civic.privacy.queries.export import SHOWN, export_of, name_of, tables_of
from civic.threads.actions import write_post
from tests.counting import cost
from tests.level_examples import check
from tests.making import APP_SECRET, NOON, make_lamp, make_official, make_person, make_proposal
from tests.privacy_examples import agreed
from tests.voting import make_open, vote

pytestmark = pytest.mark.django_db


def text(person) -> str:
    return json.dumps(export_of(person), cls=DjangoJSONEncoder, ensure_ascii=False)


def test_ac_3_3_export_holds_every_table_with_a_key_to_a_person():
    assert set(export_of(make_person())["rows"]) == {name_of(key) for key in keys_to_people()}


def test_export_holds_what_a_person_wrote_did_and_agreed_to():
    person = make_person("내보낼이웃")
    proposal = make_proposal(person)
    write_post(by=person, thread=proposal.thread, stance="for", text="밤마다 무섭습니다.", at=NOON)
    agreed(person)
    found = export_of(person)
    assert (found["account"]["email"], found["account"]["nickname"]) == (person.email, "내보낼이웃")
    assert [row["code"] for row in found["rows"]["civic.Proposal.author"]] == [proposal.code]
    assert "밤마다 무섭습니다." in found["rows"]["civic.Post.author"][0]["text"]
    assert {row["document__kind"] for row in found["rows"]["civic.ConsentRecord.person"]} == {
        "terms",
        "account",
        "place",
    }


def test_export_holds_mails_to_the_address_and_pictures_of_reports():
    person, other = make_person(), make_person()
    for reporter in (person, other):
        queue_message(sender="lab@example.org", recipient=reporter.email, subject="s", body="b", at=NOON)
        fault, _key = report_fault(by=reporter, device=make_lamp(), category="dark", at=NOON)
        key = Report.objects.get(fault=fault).key
        Photo.objects.create(key=key, file=f"photos/{reporter.pk}.jpg", width=1, height=1, public=True, at=NOON)
    more = export_of(person)["more"]
    assert [mail["recipient"] for mail in more["mails"]] == [person.email]
    assert [picture["file"] for picture in more["pictures"]] == [f"photos/{person.pk}.jpg"]


def test_export_holds_no_mail_to_an_address_that_was_typed_and_never_confirmed():
    person = make_person()
    for address, confirmed in (("neighbour@example.org", False), ("own@example.org", True)):
        EmailAddress.objects.create(user=person, email=address, verified=confirmed)
        queue_message(sender="lab@example.org", recipient=address, subject="s", body="b", at=NOON)
    assert [mail["recipient"] for mail in export_of(person)["more"]["mails"]] == ["own@example.org"]


def test_export_holds_nothing_of_anybody_else():
    person, other = make_person("내보낼이웃"), make_person("다른이웃")
    make_proposal(other, title="다른 사람의 제안입니다")
    EmailAddress.objects.create(user=other, email="second@example.org")
    assert not [
        word for word in ("다른이웃", "다른 사람의 제안", other.email, "second@", str(other.pk)) if word in text(person)
    ]


def test_export_holds_no_secret_and_no_choice_of_a_ballot():
    person = check(make_person(password="lamp-in-the-alley"))
    TOTP.activate(person, APP_SECRET)
    key = issue_token(by=person, person=person, label="달력", at=NOON)
    round = make_open()
    vote(round, 2, by=person)
    said = text(person)
    for secret in (person.password, APP_SECRET, key, ApiToken.objects.get(person=person).digest):
        assert str(secret) not in said
    assert export_of(person)["rows"]["civic.Participation.person"] == [
        {"round__slug": round.slug, "round__title": round.title}
    ]


def test_readable_tables_hold_the_same_rows_in_words_without_marks():
    person = make_person()
    proposal = make_proposal(person)
    write_post(by=person, thread=proposal.thread, stance="for", text="<p>밤마다 <b>무섭습니다</b>.</p>", at=NOON)
    tables = tables_of(person)
    told = export_of(person)
    rows = [*told["rows"].values(), *told["more"].values()]
    assert sum(table.total for table in tables) == sum(len(found) for found in rows)
    assert all(len(row) == len(table.heads) for table in tables for row in table.rows)
    cells = [cell for table in tables for row in table.rows for cell in row]
    assert any("밤마다 무섭습니다" in str(cell) for cell in cells)
    assert not any("<p>" in str(cell) for cell in cells)


def test_readable_tables_hold_moments_by_the_clock_in_seoul_and_no_marks_of_programs():
    person = make_person()
    agreed(person)
    cells = [str(cell) for table in tables_of(person) for row in table.rows for cell in row]
    assert "2026년 3월 2일 12:00" in " ".join(cells)
    assert not any("{" in cell or "+00:00" in cell for cell in cells)


def test_readable_tables_say_codes_in_words_and_the_file_keeps_the_codes():
    person = check(make_person())
    agreed(person)
    make_proposal(person)
    with override("ko"):
        cells = {str(cell) for table in tables_of(person) for row in table.rows for cell in row}
    assert {"이용약관", "창구 확인", "성동구"} <= cells
    assert not cells & {"terms", "account", "place", "office", "11200", "open"}
    assert export_of(person)["rows"]["civic.Verification.person"][0]["method"] == "office"


def test_readable_tables_say_lines_of_the_record_in_words_too():
    person = make_person()
    proposal = make_proposal(person)
    agreed(person)
    grant_role(by=None, person=person, role="expert", scope="district:11200", office="조명", phone="1", at=NOON)
    with override("ko"):
        cells = [str(cell) for table in tables_of(person) for row in table.rows for cell in row]
    assert f"제안 {proposal.code}" in cells
    raw = re.compile(r"^[A-Z][a-z]+[A-Z]|^[a-z-]+:")
    assert [cell for cell in cells if raw.search(cell) and "@" not in cell] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("ko", {"본인 확인", "우편 코드 묶음 1234"}), ("en", {"Identity checked", "Sheet of letters 1234"})],
)
def test_readable_tables_say_in_words_where_a_check_was_looked_at(language, words):
    person = make_person()
    subjects = [Subject("people:checked", person), Subject("sheet:1234", person)]
    facts = {"what": Seen.CHECK, "task": "check_identity", "district": "11200", "address": "192.0.2.7"}
    note_looks(by=make_official(), subjects=subjects, **facts, at=NOON)
    with override(language):
        cells = {str(cell) for table in tables_of(person) for row in table.rows for cell in row}
    assert words <= cells
    assert not [cell for cell in cells if "checked" in cell and cell != "Identity checked" or cell.startswith("sheet")]


def test_every_fact_that_can_name_somebody_has_words():
    nobodys = {
        "AccountLapsed", "BallotCast", "BallotWithdrawn", "DataDestroyed", "FindingClosed", "FindingOpened",
        "AffectedListed", "InactivityTold", "OptionWordsGone", "PersonErased", "ProposalCarried", "RepairsMeasured",
        "ThreadClosed",
    }  # fmt: skip  # a list of words
    assert all_facts().keys() - WORDS.keys() - nobodys == set()
    assert WORDS.keys() - all_facts().keys() == set()


def test_export_holds_the_address_left_with_a_report_and_the_words_beside_a_proposal():
    person = make_person()
    proposal = make_proposal(person, tags=("심은빌라",))
    fault, _key = report_fault(by=person, device=make_lamp(), category="dark", email="left@example.org", at=NOON)
    more = export_of(person)["more"]
    assert more["contacts"] == [{"report__fault__code": fault.code, "email": "left@example.org", "language": "ko"}]
    assert more["tags"] == [{"content_object__code": proposal.code, "tag__name": "심은빌라"}]


def test_export_says_what_it_leaves_out_and_why():
    with override("en"):
        left_out = json.loads(text(make_person()))["left_out"]
    assert left_out["civic.ApiToken.person"]["digest"].startswith("Proves something")
    assert "digest" in left_out["civic.Report.person"]


def test_readable_tables_say_how_many_rows_are_in_the_file_only():
    person, thread = make_person(), make_proposal().thread
    for number in range(SHOWN + 3):
        write_post(by=person, thread=thread, stance="for", text=f"밤마다 무섭습니다 {number}.", at=NOON)
    (posts,) = [table for table in tables_of(person) if table.total == SHOWN + 3 and table.left_out == 3][:1]
    assert len(posts.rows) == SHOWN


def test_export_takes_as_many_queries_for_thirty_rows_as_for_one():
    few, many = make_person(), make_person()
    for person, number in ((few, 1), (many, 30)):
        for _n in range(number):
            make_proposal(person)
    assert cost(lambda: export_of(few)) == cost(lambda: export_of(many))
