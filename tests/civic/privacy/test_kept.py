"""Does the list of what is kept of a person name every key of every model, and say of each what erasure does?"""

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CASCADE, DO_NOTHING, SET_NULL, Field
from django.db.models.fields.related import ManyToManyField
from django.db.models.fields.reverse_related import OneToOneRel

from civic.faults.models import Contact
from civic.outbox.models import Message
from civic.people.models import Person
from civic.people.queries import keys_to_people
from civic.people.queries.pointing import Key
from civic.photos.models import Photo
from civic.privacy.kept import COLUMNS, KEPT, LOOSE, After
from civic.privacy.queries.export import account_of, name_of
from civic.privacy.withheld import WITHHELD, why_withheld
from civic.proposals.models import ProposalTag
from tests.making import make_person

WAYS = {CASCADE: After.GOES, SET_NULL: After.NAMELESS, DO_NOTHING: After.NAMELESS}
NO_SECRETS = {"secret", "password", "digest", "key_hash", "token", "session_key"}
SECRETS_IN = {"mfa.Authenticator.user": "data"}  # the same word is a draft of one's own elsewhere
NOT_OURS = {"groups", "user_permissions"}  # which role opens what at the desk; the export names the groups


def keys() -> dict[str, Key]:
    return {name_of(key): key for key in keys_to_people()}


def test_ac_3_3_every_key_to_a_person_is_classified() -> None:
    found = keys()
    assert sorted(found.keys() - KEPT.keys()) == []  # a new model: say in kept.py what of it is shown, and what stays
    assert sorted(KEPT.keys() - found.keys()) == []  # a key that is gone


def test_many_to_many_and_one_to_one_ways_to_a_person_are_known() -> None:
    """Keys are walked as foreign keys; nothing else may lead to a person unseen."""
    ways = {field.name for field in Person._meta.get_fields() if isinstance(field, ManyToManyField)}
    assert ways == NOT_OURS
    single = {
        f"{rel.related_model._meta.label}.{rel.field.name}"
        for rel in Person._meta.related_objects
        if isinstance(rel, OneToOneRel)
    }
    assert single <= KEPT.keys()
    many = {rel.related_model._meta.label for rel in Person._meta.related_objects if rel.many_to_many}
    assert many == set()


@pytest.mark.parametrize("name", sorted(keys()))
def test_row_goes_or_stays_nameless_as_its_model_says(name: str) -> None:
    key = keys()[name]
    assert WAYS[key.remote_field.on_delete] == KEPT[name].after


@pytest.mark.parametrize("name", sorted(keys()))
def test_columns_are_there_have_words_and_are_no_secret(name: str) -> None:
    for column in KEPT[name].columns:
        _field(keys()[name].model, column)
        assert column in COLUMNS
        assert column.rpartition("__")[2] not in NO_SECRETS | {SECRETS_IN.get(name)}


@pytest.mark.parametrize("name", sorted(keys()))
def test_every_column_is_exported_or_withheld_for_a_reason(name: str) -> None:
    key = keys()[name]
    unthought = _rest(key.model, KEPT[name].columns) - {key.name} - {"id"}
    assert sorted(column for column in unthought if why_withheld(name, column) is None) == []
    known = {field.name for field in key.model._meta.concrete_fields}
    assert not WITHHELD.get(name, {}).keys() - known  # a column that is gone
    assert not WITHHELD.get(name, {}).keys() & set(KEPT[name].columns)


@pytest.mark.parametrize(
    ("name", "model", "way"),
    [
        ("tags", ProposalTag, {"id", "tag", "content_object"}),
        ("contacts", Contact, {"report"}),
        ("pictures", Photo, {"id"}),
        ("mails", Message, {"id"}),
    ],
)
def test_every_column_of_what_has_no_key_is_exported_or_withheld_too(name: str, model: type, way: set[str]) -> None:
    assert _rest(model, LOOSE[name].columns) - way == WITHHELD[name].keys()
    assert all(column in COLUMNS for column in LOOSE[name].columns)


@pytest.mark.django_db
def test_every_column_of_the_account_is_exported_or_withheld() -> None:
    names = {"joined": "date_joined", "last_sign_in": "last_login", "fourteen_or_older_told_at": "age_told_at"}
    shown = {names.get(name, name) for name in account_of(make_person())} - {"has_password", "groups"}
    assert _rest(Person, tuple(shown)) == WITHHELD["account"].keys()


def _rest(model: type, columns: tuple[str, ...]) -> set[str]:
    """Columns of a model of which nothing is shown."""
    fields = model._meta.concrete_fields  # type: ignore[attr-defined]  # a model class
    return {field.name for field in fields} - {column.partition("__")[0] for column in columns}


def _field(model: type, path: str) -> Field:
    first, _, rest = path.partition("__")
    field = model._meta.get_field(first)  # type: ignore[attr-defined]  # a model class
    if rest:
        assert field.related_model, f"{path} leads nowhere"
        return _field(field.related_model, rest)
    return field  # type: ignore[no-any-return]  # a field, by get_field


def test_a_column_that_is_not_there_is_found_out() -> None:
    with pytest.raises(FieldDoesNotExist):
        _field(Person, "shoe_size")
