"""What does an inbox show, in which order, and at what price?"""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic.chain.models import Node
from civic.notifications.actions import mark_read, notify
from civic.notifications.models import Notice
from civic.notifications.queries import inbox, unread
from civic.people.models import Person


def fill(reader: Person, at: datetime, count: int) -> None:
    for seq in range(count):
        notify(
            person=reader,
            fact="ProposalExpired",
            key="proposal:P-2026-000001",
            data={},
            seq=seq,
            at=at + timedelta(minutes=seq),
        )


def test_unread_come_first_and_the_newest_first_in_each(reader: Person, node: Node, at: datetime) -> None:
    fill(reader, at, 4)
    for seq in (3, 1):
        mark_read(by=reader, notice=Notice.objects.get(seq=seq).pk, at=at)
    assert [line.notice.seq for line in inbox(reader)] == [2, 0, 3, 1]
    assert unread(reader) == 2


@pytest.mark.parametrize("count", [1, 30])
def test_inbox_takes_two_queries_for_any_number(
    count: int, reader: Person, node: Node, at: datetime, django_assert_num_queries: object
) -> None:
    fill(reader, at, count)
    with django_assert_num_queries(2):  # type: ignore[operator]  # a fixture without a public type
        assert len(inbox(reader)) == count


def test_notice_about_a_hidden_thing_names_and_links_nothing(reader: Person, node: Node, at: datetime) -> None:
    Node.objects.update(public=False)
    fill(reader, at, 1)
    [line] = inbox(reader)
    assert line.path == ""
    assert node.title not in line.text


def test_nobody_signed_in_has_no_unread() -> None:
    assert unread(AnonymousUser()) == 0
