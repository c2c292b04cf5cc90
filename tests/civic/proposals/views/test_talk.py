"""A discussion as pages: reading it, writing in it, and what is refused."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client

from civic.chain.models import Node
from civic.proposals.actions import discuss_proposal, expire_proposal
from civic.threads.models import Post, Thread
from tests.counting import cost
from tests.making import make_adopted, make_official, make_person, make_proposal
from tests.signing import signed_in

pytestmark = pytest.mark.django_db

SAID = {"stance": "question", "text": "언제 고치나요?\n\n옆 골목도 됩니까?"}


def text(answer):
    return answer.content.decode()


def say(proposal, by=None, *, at, **more):
    said = {"stance": "for", "text": "좋은 생각입니다."} | more
    return discuss_proposal(by=by or make_person(), proposal=proposal, **said, at=at)


def test_post_written_by_form_stands_on_the_page(now):
    proposal = make_proposal(at=now)
    client = signed_in(make_person("말하는이웃"))
    assert client.get(f"/proposals/{proposal.code}/posts/new/").status_code == 200
    answer = client.post(f"/proposals/{proposal.code}/posts/new/", SAID)
    assert answer.url == f"/proposals/{proposal.code}/#post-{Post.objects.get().pk}"
    page = text(Client().get(f"/proposals/{proposal.code}/"))
    for shown in (
        "말하는이웃",
        "<p>언제 고치나요?</p>",
        "<p>옆 골목도 됩니까?</p>",
        f'data-live-key="{proposal.thread.key}"',
    ):
        assert shown in page


def test_author_official_expert_and_moderator_show_their_roles(now):
    author = make_person()
    proposal = make_proposal(author, at=now)
    for by in (author, make_official(), make_official(role="expert"), make_official(role="moderator")):
        say(proposal, by, at=now)
    page = text(Client().get(f"/en/proposals/{proposal.code}/"))
    badges = re.findall(r'<span class="role role-(\w+)">.*?</svg>(.+?)</span> <', page)
    assert badges == [
        ("resident", "Resident · author"),
        ("official", "Road Facilities Division"),
        ("expert", 'Expert · <span lang="ko">도로시설과</span>'),
        ("moderator", "Moderator"),
    ]
    assert "Residents 1 · Officials 1 · Experts 1 · Moderators 1" in page


def test_form_by_nobody_leads_to_sign_in_and_back(now):
    post = say(proposal := make_proposal(at=now), at=now)
    path = f"/proposals/{proposal.code}/posts/new/?reply_to={post.pk}"
    assert Client().get(path).url == f"/accounts/login/?next={path.replace('?', '%3F').replace('=', '%3D')}"


def test_form_sent_when_the_session_ended_keeps_the_words(now):
    answer = Client().post(f"/proposals/{make_proposal(at=now).code}/posts/new/", SAID)
    assert answer.status_code == 401
    assert "언제 고치나요?" in text(answer)
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"stance": ""}, "stance"),
        ({"stance": "maybe"}, "stance"),
        ({"text": ""}, "text"),
        ({"text": "네"}, "text"),
        ({"text": "가" * 2_001}, "text"),
        ({"text": "<script>x</script>"}, "text"),
        ({"text": "\0"}, "text"),
    ],
)
def test_post_that_does_not_fit_answers_422_at_its_field(now, changed, field):
    proposal = make_proposal(at=now)
    answer = signed_in(make_person()).post(f"/proposals/{proposal.code}/posts/new/", SAID | changed)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert Post.objects.count() == 0


def test_same_form_sent_twice_is_one_post(now):
    proposal = make_proposal(at=now)
    client = signed_in(make_person())
    path = f"/proposals/{proposal.code}/posts/new/"
    assert client.post(path, SAID | {"receipt": "r1"}).url == client.post(path, SAID | {"receipt": "r1"}).url
    assert Post.objects.count() == 1


@pytest.mark.parametrize("other", [{"text": "뒤로 가서 다시 적은 다른 말입니다."}, {"stance": "for"}])
def test_form_sent_back_rewritten_is_another_post(now, other):
    proposal = make_proposal(at=now)
    client = signed_in(make_person())
    path = f"/proposals/{proposal.code}/posts/new/"
    first = client.post(path, SAID | {"receipt": "r" * 64}).url
    assert client.post(path, SAID | {"receipt": "r" * 64} | other).url != first
    assert Post.objects.count() == 2


def test_same_form_sent_under_another_post_is_another_reply(now):
    proposal = make_proposal(at=now)
    roots = [say(proposal, at=now) for _n in range(2)]
    client = signed_in(make_person())
    for root in roots:
        client.post(f"/proposals/{proposal.code}/posts/new/?reply_to={root.pk}", SAID | {"receipt": "r1"})
    assert sorted(Post.objects.exclude(above=None).values_list("above", flat=True)) == [root.pk for root in roots]


def test_reply_stands_under_what_it_answers(now):
    proposal = make_proposal(at=now)
    root = say(proposal, at=now)
    client = signed_in(make_person())
    path = f"/proposals/{proposal.code}/posts/new/?reply_to={root.pk}"
    assert root.author.nickname in text(client.get(path))
    client.post(path, SAID)
    assert Post.objects.get(above=root).root == root


@pytest.mark.parametrize("number", ["999999999", "x", "-1", "9" * 40, "%00"])
def test_reply_to_nothing_answers_404(now, number):
    proposal = make_proposal(at=now)
    client = signed_in(make_person())
    path = f"/proposals/{proposal.code}/posts/new/?reply_to={number}"
    assert client.get(path).status_code == 404
    assert client.post(path, SAID).status_code == 404
    assert Post.objects.count() == 0


def test_closed_discussion_says_so_and_offers_nothing(now):
    past = now - timedelta(days=40)
    proposal = make_proposal(at=past)
    say(proposal, at=past)
    expire_proposal(proposal=proposal, at=now)
    page = text(Client().get(f"/en/proposals/{proposal.code}/"))
    assert "This discussion is closed. You can still read it." in page
    assert "/posts/new/" not in page
    client = signed_in(make_person())
    assert client.get(f"/en/proposals/{proposal.code}/posts/new/").status_code == 409
    assert client.post(f"/en/proposals/{proposal.code}/posts/new/", SAID).status_code == 409
    assert Node.objects.get(kind="thread").state == "closed"
    assert Post.objects.count() == 1


def test_signed_out_page_with_a_discussion_holds_no_form(now):
    proposal = make_proposal(at=now)
    say(proposal, at=now)
    for path in ("", "posts/"):
        page = text(Client().get(f"/proposals/{proposal.code}/{path}"))
        assert "<form" not in page.replace('<form class="search"', "")


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=99", "?page=x", "?branch=1", "?branch=x", "?since=x", "?since=%00", f"?page={'9' * 99}"]
)
def test_addresses_that_make_no_sense_still_open(now, query):
    proposal = make_proposal(at=now)
    say(proposal, at=now)
    for path in ("", "posts/"):
        assert Client().get(f"/proposals/{proposal.code}/{path}{query}").status_code == 200


def _queries(path, client=None):
    client = client or Client()
    return cost(lambda: _shown(client.get(path)))


def _shown(answer):
    assert answer.status_code == 200


def test_page_needs_the_same_queries_for_one_post_and_for_thirty(now):
    proposal = make_proposal(at=now)
    path, member = f"/proposals/{proposal.code}/", signed_in(make_person())
    say(proposal, at=now)
    few = _queries(path), _queries(path, member), _queries(f"{path}posts/")
    root = Post.objects.get()
    for n in range(29):
        say(proposal, at=now, reply_to=root.pk if n % 2 else None)
    assert (_queries(path), _queries(path, member), _queries(f"{path}posts/")) == few
    assert few[0] <= 10
    assert few[2] <= 4


@pytest.mark.parametrize("one_branch", [False, True])
def test_thread_of_five_hundred_posts_stays_fast(now, one_branch):
    proposal, person = make_proposal(at=now), make_person()
    first = say(proposal, person, at=now)
    rows = {"thread_id": first.thread_id, "author": person, "role": "resident", "stance": "for", "at": now}
    branch = {"root": first, "above": first} if one_branch else {}
    Post.objects.bulk_create(Post(**rows, **branch, text="골목이 어둡습니다. " * 20) for _n in range(499))
    roots = 1 if one_branch else 500
    Thread.objects.filter(pk=first.thread_id).update(posts=500, roots=roots)
    client = Client()
    client.get(f"/proposals/{proposal.code}/")
    started = time.perf_counter()
    page = client.get(f"/proposals/{proposal.code}/")
    assert time.perf_counter() - started < 1.0
    assert text(page).count('class="post"') == (21 if one_branch else 20)
    assert len(page.content) < 100_000


def test_chain_counts_posts_and_lights_the_discussion_once_adopted(now):
    path = "/en/proposals/{}/"
    waiting, adopted = make_proposal(at=now), make_adopted(at=now - timedelta(days=20))
    for proposal in (waiting, adopted):
        say(proposal, at=now)
    lines = [Client().get(path.format(proposal.code)).context["line"] for proposal in (waiting, adopted)]
    places = [next(place for place in line.places if place.code == "thread") for line in lines]
    assert [(place.status, place.fact) for place in places] == [("to_come", "1 post"), ("lit", "1 post")]
    assert places[0].href == f"/en/proposals/{waiting.code}/#thread"
    assert [line.lit.code for line in lines] == ["support", "thread"]


def test_number_of_a_post_leads_to_the_page_that_holds_it(now):
    proposal = make_proposal(at=now)
    posts = [say(proposal, at=now) for _n in range(21)]
    path = f"/proposals/{proposal.code}/"
    assert Client().get(f"{path}posts/{posts[0].pk}/").url == f"{path}#post-{posts[0].pk}"
    assert Client().get(f"{path}posts/{posts[20].pk}/").url == f"{path}?page=2#post-{posts[20].pk}"
    for number in (999_999_999, 2**70):
        assert Client().get(f"{path}posts/{number}/").status_code == 404


def test_part_tells_what_came_since_the_page_was_opened(now):
    proposal = make_proposal(at=now)
    posts = [say(proposal, at=now) for _n in range(21)]
    last = say(proposal, at=now, reply_to=posts[20].pk)
    part = text(Client().get(f"/en/proposals/{proposal.code}/posts/?since={posts[20].pk}"))
    assert "Said just now" in part
    assert f'id="post-{last.pk}"' in part
    assert f"/en/proposals/{proposal.code}/posts/{posts[20].pk}/" in part
    assert 'data-posts="22"' in part
    assert "Said just now" not in text(Client().get(f"/en/proposals/{proposal.code}/"))
