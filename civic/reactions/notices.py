"""Who is told when something moves? Everyone who took part."""

from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.notifications.actions import notify, notify_all
from civic.proposals.models import Proposal, Support
from civic.threads.facts import PostWritten
from civic.threads.models import Post
from civic.threads.queries import writers_above


def tell_author(fact: Fact, item: Item) -> None:
    """A line in the inbox of the person who wrote the proposal, if there still is one."""
    proposal = Proposal.objects.select_related("author").filter(code=_code(fact)).first()
    if proposal is None or proposal.author is None or item.seq is None:
        return
    notify(person=proposal.author, fact=fact.name(), key=fact.key, data=fact.codes(), seq=item.seq, at=item.at)


def tell_supporters(fact: Fact, item: Item) -> None:
    """A line in the inbox of each person who supports the proposal."""
    if item.seq is None:
        return
    supports = Support.objects.filter(proposal__code=_code(fact), person__isnull=False)
    people = supports.values_list("person_id", flat=True)
    data = {"as": "supporter", **fact.codes()}
    notify_all(people=people, fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)


def tell_discussion(fact: Fact, item: Item) -> None:
    """A line for whoever wrote in the same branch before, and for the proposal's author: one each, none for oneself."""
    assert isinstance(fact, PostWritten)  # the table says so
    post = Post.objects.filter(pk=fact.post).first()
    if post is None or item.seq is None:
        return
    above = writers_above(post)
    authors = set(Proposal.objects.filter(thread=post.thread_id, author__isnull=False).values_list("author", flat=True))
    for part, people in (("writer", above), ("author", authors - above - {post.author_id})):
        data = {"as": part, **fact.codes()}
        notify_all(people=people, fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)


def _code(fact: Fact) -> str:
    """The public number in a key such as `proposal:P-2026-000123`."""
    return fact.key.partition(":")[2]
