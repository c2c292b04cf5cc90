"""A thread a page at a time: bounded whatever its shape."""

import pytest

from civic.people.models import Person
from civic.threads.models import Post, Thread
from civic.threads.queries import REPLIES, ROOTS, branch_of, find_post, page_of, place_of, writers_above
from tests.making import NOON, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person()


def thread_with(person, roots: int, replies: int = 0) -> Thread:
    """So many roots; all replies under the first one. Written at once: what is read is the matter here."""
    thread = Thread.objects.create(key="thread:P-2026-999999", district="11200")
    rows = {"thread": thread, "author": person, "role": "resident", "stance": "for", "text": "좋습니다.", "at": NOON}
    made = [Post.objects.create(**rows) for _n in range(roots)]
    Post.objects.bulk_create(Post(**rows, root=made[0], above=made[0]) for _n in range(replies))
    last = Post.objects.order_by("-pk").first()
    Thread.objects.filter(pk=thread.pk).update(roots=roots, posts=roots + replies, last_post=last.pk if last else 0)
    return Thread.objects.get(pk=thread.pk)


@pytest.mark.parametrize(("roots", "replies"), [(1, 0), (30, 0), (1, 30), (30, 30), (ROOTS + 1, 480)])
def test_page_needs_two_queries_and_is_bounded(person, django_assert_num_queries, roots, replies):
    thread = thread_with(person, roots, replies)
    with django_assert_num_queries(2):
        page = page_of(thread)
        names = [post.author.nickname for branch in page.branches for post in (branch.root, *branch.replies)]
    assert len(names) == min(roots, ROOTS) + min(replies, REPLIES)
    assert page.branches[0].more == max(0, replies - REPLIES)


def test_thread_without_posts_needs_no_query(person, django_assert_num_queries):
    thread = thread_with(person, 0)
    with django_assert_num_queries(0):
        assert page_of(thread).branches == []


def test_pages_hold_every_root_once_in_order(person):
    thread = thread_with(person, 2 * ROOTS + 1)
    seen = [branch.root.pk for number in (1, 2, 3) for branch in page_of(thread, number=number).branches]
    assert seen == sorted(set(seen))
    assert len(seen) == thread.posts
    assert page_of(thread, number=99).number == page_of(thread).pages == 3


def test_branch_pages_hold_every_reply_once(person):
    thread = thread_with(person, 1, 2 * REPLIES + 1)
    root = Post.objects.filter(root=None).get()
    seen = [reply.pk for number in (1, 2, 3) for reply in branch_of(thread, root, number=number).branches[0].replies]
    assert len(seen) == len(set(seen)) == 2 * REPLIES + 1


def test_fresh_posts_are_those_after_the_page_was_opened_that_it_does_not_hold(person):
    thread = thread_with(person, ROOTS + 3)
    pks = list(Post.objects.order_by("pk").values_list("pk", flat=True))
    assert [post.pk for post in page_of(thread, since=pks[ROOTS]).fresh] == pks[ROOTS + 1 :]
    assert page_of(thread, number=2, since=pks[ROOTS]).fresh == []
    assert page_of(thread).fresh == []


def test_place_of_a_post_is_the_page_that_holds_it(person):
    thread = thread_with(person, ROOTS + 1, REPLIES + 1)
    for post in Post.objects.all():
        query = place_of(post)
        if "branch" in query:
            page = branch_of(thread, find_post(thread, query["branch"]), number=query["page"])
        else:
            page = page_of(thread, number=query["page"])
        assert post.pk in {p.pk for branch in page.branches for p in (branch.root, *branch.replies)}


def test_writers_above_are_those_of_the_branch_without_the_writer(person):
    thread = thread_with(person, 2)
    root = Post.objects.order_by("pk").first()
    other, third = make_person(), make_person()
    rows = {"thread": thread, "role": "resident", "stance": "for", "text": "네, 그렇습니다.", "at": NOON}
    first = Post.objects.create(**rows, author=other, root=root, above=root)
    second = Post.objects.create(**rows, author=third, root=root, above=first)
    Post.objects.create(**rows, author=make_person(), root=root, above=first)
    assert writers_above(second) == {person.pk, other.pk}
    assert writers_above(root) == set()


def test_post_of_another_thread_is_not_found(person):
    thread = thread_with(person, 1)
    other = Thread.objects.create(key="thread:P-2026-999998", district="11200")
    post = Post.objects.get()
    assert find_post(thread, post.pk) == post
    assert find_post(other, post.pk) is None
