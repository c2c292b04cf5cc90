"""A process that runs one consumer and is to be killed: `python -m tests.civic.feed.killed`."""

import time

NAME, KIND = "tests.killed", "ThingMoved"


def work() -> None:
    """Write one ledger entry for each item, slowly; say so when it begins."""
    import django

    django.setup()
    from civic.feed.consume import run_consumer
    from civic.feed.models import Item
    from civic.ledger.models import Entry

    def note(item: Item) -> None:
        Entry.objects.create(at=item.at, fact="Noted", key=item.key)
        time.sleep(0.002)

    print("working", flush=True)
    run_consumer(NAME, note, {KIND}, at=Item.objects.values_list("at", flat=True)[0])
    print("done", flush=True)


if __name__ == "__main__":
    work()
