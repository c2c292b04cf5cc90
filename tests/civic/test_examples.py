"""Does every action stand or fall with its fact? Each from the registry, with a ledger that refuses."""

import pytest
from django.apps import apps
from django.db import connection, models

from civic.feed.models import Item
from civic.ledger.facts import all_facts
from civic.ledger.models import Entry
from civic.people.models import Person
from civic.reactions.table import REACTIONS
from livinglab.explain import stories, verbs
from tests.examples import EXAMPLES

pytestmark = pytest.mark.django_db


def _rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in apps.get_app_config("civic").get_models()}


@pytest.fixture
def ledger_down():
    """The database itself refuses new entries, by a trigger: nothing of ours is replaced."""

    def refuse():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE civic_entry ADD CONSTRAINT shut CHECK (false) NOT VALID")
            else:
                shut = "CREATE TRIGGER shut BEFORE INSERT ON civic_entry BEGIN SELECT RAISE(ABORT, 'shut'); END"
                cursor.execute(shut)

    yield refuse
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE civic_entry DROP CONSTRAINT IF EXISTS shut")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS shut")


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_action_whose_fact_cannot_be_recorded_writes_nothing(name, ledger_down):
    act = EXAMPLES[name]()
    before = _rows()
    ledger_down()
    with pytest.raises(Exception, match="shut"):
        act()
    assert _rows() == before


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_action_leaves_as_many_items_as_entries(name):
    act = EXAMPLES[name]()
    entries, items = Entry.objects.count(), Item.objects.count()
    act()
    assert Entry.objects.count() > entries
    assert Entry.objects.count() - entries == Item.objects.count() - items


def test_every_action_with_a_fact_has_an_example():
    with_facts = {verb for verb in verbs() if any(story.verb == verb and story.facts for story in stories(verb))}
    assert with_facts == set(EXAMPLES)


def test_every_fact_has_its_line_in_the_table():
    ours = {fact for fact in all_facts().values() if fact.__module__.startswith("civic.")}
    assert set(REACTIONS) == ours


def test_public_items_hold_no_person():
    for name in sorted(EXAMPLES):
        EXAMPLES[name]()()
    people = {str(pk) for pk in Person.objects.values_list("pk", flat=True)}
    told = " ".join(f"{item.key} {item.state} {item.fact}" for item in Item.objects.filter(audience="public"))
    assert not [pk for pk in people if pk in told]


def test_entries_hold_no_key_to_another_table():
    assert not [field for field in Entry._meta.get_fields() if isinstance(field, models.ForeignKey)]
