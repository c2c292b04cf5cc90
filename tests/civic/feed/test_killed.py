"""Does a consumer that is killed in the middle of a batch do anything twice, or leave anything out?"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from civic.feed.consume import enlist
from civic.feed.models import Consumer
from civic.feed.numbering import head, number_items
from civic.ledger.models import Entry
from tests.civic.feed.killed import NAME
from tests.civic.feed.writing import write

ITEMS = 350


@pytest.mark.timeout(120)
@pytest.mark.django_db(transaction=True)
def test_each_item_is_handled_once_however_often_the_consumer_is_killed():
    enlist([NAME])
    for place in range(ITEMS):
        write(f"thing:{place}")
    number_items()
    chance, killed = random.Random(7), 0
    for _ in range(2):
        process = start()
        time.sleep(0.15 + chance.random() * 0.2)  # a batch of 100 takes at least 0.2 s
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += "done" not in (process.stdout.read() if process.stdout else "")
    process = start()
    assert process.wait(60) == 0
    handled = Counter(Entry.objects.filter(fact="Noted").values_list("key", flat=True))
    assert killed > 0
    assert handled == Counter(f"thing:{place}" for place in range(ITEMS))
    assert Consumer.objects.get(name=NAME).seq == head().seq


def start() -> "subprocess.Popen[str]":
    """The consumer on this test's database, past its imports."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{known['NAME']}"
    else:
        url = f"postgres://{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "livinglab.settings.test"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.civic.feed.killed"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    return process
