"""Is each thing told once, and read once?"""

from datetime import datetime, timedelta
from typing import Any

from civic.notifications.actions import mark_all_read, mark_read, notify, notify_of_one_more
from civic.notifications.models import Notice
from civic.people.actions import register_person
from civic.people.models import Person


def told(person: Person, at: datetime, seq: int = 7) -> None:
    key = "proposal:P-2026-000001"
    notify(person=person, fact="ProposalAdopted", key=key, data={"days": 18}, seq=seq, at=at)


def row(**where: Any) -> Notice:
    return Notice.objects.get(**where)


def test_notify_twice_for_one_item_leaves_one_notice(reader: Person, at: datetime) -> None:
    told(reader, at)
    told(reader, at + timedelta(hours=1))
    assert (row().fact, row().data, row().at, row().read_at) == ("ProposalAdopted", {"days": 18}, at, None)


def test_mark_read_counts_once(reader: Person, at: datetime) -> None:
    told(reader, at)
    assert [mark_read(by=reader, notice=row().pk, at=at) for _ in range(2)] == [True, False]
    assert row().read_at == at


def test_mark_read_of_somebody_elses_notice_changes_nothing(reader: Person, at: datetime) -> None:
    told(reader, at)
    other = register_person(email="other@example.org", nickname="다른 이", password=None, old_enough=True, at=at)
    assert not mark_read(by=other, notice=row().pk, at=at)
    assert row().read_at is None


def test_mark_all_read_leaves_what_came_later(reader: Person, at: datetime) -> None:
    told(reader, at, seq=1)
    told(reader, at + timedelta(seconds=1), seq=2)
    assert mark_all_read(by=reader, at=at) == 1
    assert (row(seq=1).read_at, row(seq=2).read_at) == (at, None)


def one_more(person: Person, at: datetime, seq: int, day: str = "2026-09-01") -> None:
    key = f"fault:F-2026-00000{seq}"
    notify_of_one_more(people=[person.pk], fact="FaultOpened", key=key, data={"day": day}, seq=seq, at=at)


def test_one_more_of_the_same_is_counted_in_one_line_that_is_new_again(reader: Person, at: datetime) -> None:
    one_more(reader, at, 1)
    mark_all_read(by=reader, at=at)
    later = at + timedelta(minutes=1)
    one_more(reader, later, 2)
    assert (row().data["n"], row().key, row().at, row().read_at) == (2, "fault:F-2026-000002", later, None)


def test_one_more_that_is_told_twice_is_counted_once(reader: Person, at: datetime) -> None:
    for seq in (1, 2, 2, 1):
        one_more(reader, at, seq)
    assert row().data["n"] == 2


def test_one_more_of_another_day_has_its_own_line(reader: Person, at: datetime) -> None:
    one_more(reader, at, 1)
    one_more(reader, at + timedelta(days=1), 2, day="2026-09-02")
    assert [notice.data["n"] for notice in Notice.objects.order_by("seq")] == [1, 1]
