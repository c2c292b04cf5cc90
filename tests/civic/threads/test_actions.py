"""Speaking: the count, the role, the branch, and what is not taken."""

from datetime import timedelta

import pytest

from civic.feed.models import Item
from civic.ledger.models import Entry, EntryPrivate
from civic.people.actions import grant_role
from civic.people.models import Person
from civic.refusals import Refused
from civic.threads.actions import close_thread, open_thread, write_post
from civic.threads.models import Post, Thread
from tests.making import NOON, make_official, make_person, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread():
    return open_thread(key="thread:P-2026-999999", district="11200")


def say(thread, by=None, *, text="언제 고치나요?", stance="question", reply_to=None, at=NOON):
    return write_post(by=by or make_person(), thread=thread, stance=stance, text=text, reply_to=reply_to, at=at)


def code_of(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.refusal.code


def test_post_is_kept_counted_and_told_without_its_writer(thread):
    person = make_person()
    post = say(thread, person, at=NOON + timedelta(hours=1))
    thread = Thread.objects.get()
    assert (thread.posts, thread.roots, thread.spoken, thread.last_post) == (1, 1, {"resident": 1}, post.pk)
    item = Item.objects.get(kind="PostWritten")
    assert item.state == {
        "state": "open",
        "posts": 1,
        "spoken": {"resident": 1},
        "last_post": post.pk,
        "last_at": "2026-03-02T04:00:00+00:00",
    }
    assert (item.key, item.audience) == (thread.key, "public")
    assert str(person.pk) not in f"{item.state} {item.fact} {item.recipient}"
    assert person.nickname not in f"{item.state} {item.fact}"
    entry = Entry.objects.get(fact="PostWritten")
    assert EntryPrivate.objects.get(entry=entry).person == person


def test_reply_to_a_reply_stands_in_the_same_branch(thread):
    root = say(thread)
    reply = say(thread, reply_to=root.pk)
    deep = say(thread, reply_to=reply.pk)
    assert (deep.root_id, deep.above_id) == (root.pk, reply.pk)
    assert (Thread.objects.get().posts, Thread.objects.get().roots) == (3, 1)


@pytest.mark.parametrize("number", [0, -1, 10**12, 2**70])
def test_reply_to_nothing_is_refused(thread, number):
    assert code_of(lambda: say(thread, reply_to=number)) == "unknown_post"
    assert Post.objects.count() == 0


def test_reply_to_a_post_of_another_thread_is_refused(thread):
    elsewhere = say(make_proposal().thread)
    assert code_of(lambda: say(thread, reply_to=elsewhere.pk)) == "unknown_post"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("<script>alert(1)</script>", "empty"),
        ("<p></p>", "empty"),
        ("네", "too_short"),
        ("가" * 2_001, "too_long"),
    ],
)
def test_words_that_do_not_fit_are_refused(thread, text, code):
    assert code_of(lambda: say(thread, text=text)) == code
    assert Thread.objects.get().posts == 0


@pytest.mark.parametrize("stance", ["", "maybe", "FOR"])
def test_resident_without_a_known_stance_is_refused(thread, stance):
    assert code_of(lambda: say(thread, stance=stance)) == "unknown_stance"


def test_official_of_the_district_speaks_with_the_department_and_needs_no_stance(thread):
    post = say(thread, make_official(), stance="", text="오늘 확인하겠습니다.")
    assert (post.role, post.office, post.phone) == ("official", "도로시설과", "02-0000-0101")


def test_official_of_another_district_speaks_as_a_resident(thread):
    post = say(thread, make_official("11530"))
    assert (post.role, post.office, post.phone) == ("resident", "", "")


def test_office_of_that_moment_stays_when_the_role_changes(thread):
    official = make_official()
    post = say(thread, official)
    grant_role(by=None, person=official, role="moderator", scope="district:11200", office="", phone="", at=NOON)
    post.refresh_from_db()
    assert (post.role, post.office) == ("official", "도로시설과")


def test_text_is_cleaned(thread):
    post = say(thread, text='<b onclick=x>어두운</b> 골목 <a href="javascript:x">여기</a><img src=x onerror=y>')
    assert post.text == '<b>어두운</b> 골목 <a rel="nofollow ugc">여기</a>'


def test_person_whose_account_is_closed_is_refused(thread):
    person = make_person()
    person.is_active = False
    assert code_of(lambda: say(thread, person)) == "sign_in"


def test_closed_thread_takes_nothing_and_is_closed_once(thread):
    say(thread)
    close_thread(thread=thread, at=NOON)
    assert code_of(lambda: say(thread)) == "thread_closed"
    assert code_of(lambda: close_thread(thread=thread, at=NOON)) == "thread_closed"
    assert Item.objects.get(kind="ThreadClosed").state["state"] == "closed"


def test_post_of_somebody_erased_stays_without_a_name(thread):
    person = make_person()
    post = say(thread, person)
    person.delete()
    post.refresh_from_db()
    assert post.author is None


def test_thread_whose_owner_asks_for_a_check_takes_those_who_had_it_and_the_house():
    thread = open_thread(key="thread:P-2026-999998", district="11200", level=2)
    assert code_of(lambda: say(thread, make_person(level=1))) == "level_too_low"
    say(thread, make_person())
    official = make_official()
    Person.objects.filter(pk=official.pk).update(level=1)
    say(thread, Person.objects.get(pk=official.pk))
