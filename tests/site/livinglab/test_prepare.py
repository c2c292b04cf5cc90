"""Does an installation hear everything from its first moment on?"""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Sum

from civic.clocks.now import database_now
from civic.feed.models import Consumer
from civic.feed.numbering import head, number_items
from civic.notifications.models import Notice
from civic.proposals.models import Proposal
from civic.reactions.table import REACTIONS
from livinglab.demo.story import load_demo
from livinglab.worker import work_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _new_installation(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    Consumer.objects.all().delete()


@pytest.mark.timeout(300)  # the whole story is told
def test_notices_of_the_demonstration_are_there_although_somebody_else_numbered_first() -> None:
    call_command("prepare", verbosity=0)
    load_demo(at=database_now(), password="lamp-in-the-alley")
    number_items()  # as a web process does that is up before the worker
    work_once()
    told = Counter(Notice.objects.values_list("fact", flat=True))
    told -= Counter(Notice.objects.filter(data__as="official").values_list("fact", flat=True))  # told beside them
    reached, adopted = (
        Proposal.objects.filter(reached_at__isnull=False),
        Proposal.objects.filter(answer__decision="adopted"),
    )
    assert told["ProposalReachedThreshold"] == _concerned(reached) > 0
    assert told["ProposalAdopted"] == _concerned(adopted) > 0


def test_preparing_again_moves_no_cursor_and_drops_those_of_reactions_that_are_gone() -> None:
    call_command("prepare", verbosity=0)
    Consumer.objects.create(name="gone.long_ago", seq=0)
    before = head().seq
    Consumer.objects.update(seq=before - 1)
    call_command("prepare", verbosity=0)
    reactions = {function for functions in REACTIONS.values() for function in functions}
    assert list(Consumer.objects.values_list("seq", flat=True)) == [before - 1] * len(reactions)


def _concerned(proposals) -> int:
    """Everyone who has a part in them: an author each, and the supporters."""
    return proposals.count() + (proposals.aggregate(all=Sum("supports"))["all"] or 0)
