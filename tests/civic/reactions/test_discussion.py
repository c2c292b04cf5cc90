"""Whoever is concerned by a post is told once, and nobody of their own words."""

import pytest

from civic.chain.models import Node
from civic.feed.numbering import number_items
from civic.notifications.models import Notice
from civic.notifications.queries import path_of
from civic.notifications.sentences import sentence
from civic.proposals.actions import discuss_proposal
from civic.reactions.run import enlist_all, run_all
from tests.making import NOON, make_person, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    enlist_all()
    return make_person()


def say(proposal, by, reply_to=None):
    said = {"stance": "question", "text": "언제 고치나요?", "reply_to": reply_to}
    return discuss_proposal(by=by, proposal=proposal, **said, at=NOON)


def told():
    number_items()
    while run_all(at=NOON):
        pass
    rows = Notice.objects.filter(fact="PostWritten").order_by("seq")
    return [(notice.person, notice.data["as"]) for notice in rows]


def test_author_is_told_of_each_post_of_others(author):
    proposal = make_proposal(author)
    say(proposal, make_person())
    say(proposal, author)
    assert told() == [(author, "author")]
    assert told() == [(author, "author")]
    notice = Notice.objects.get(fact="PostWritten")
    assert path_of(notice) == f"/proposals/{proposal.code}/#thread"
    assert "꺼진 보안등" in sentence(notice, Node.objects.get(pk=notice.key).title)


def test_those_above_are_told_of_a_reply_once(author):
    proposal, first, second = make_proposal(author), make_person(), make_person()
    root = say(proposal, first)
    say(proposal, second, root.pk)
    say(proposal, first, root.pk)
    assert told() == [(author, "author"), (first, "writer"), (author, "author"), (second, "writer"), (author, "author")]


def test_author_who_wrote_above_is_told_as_a_writer_only(author):
    proposal = make_proposal(author)
    root = say(proposal, author)
    say(proposal, make_person(), root.pk)
    assert told() == [(author, "writer")]


def test_others_in_the_thread_are_not_told(author):
    proposal = make_proposal(author)
    say(proposal, make_person())
    say(proposal, make_person())
    assert {part for _person, part in told()} == {"author"}
