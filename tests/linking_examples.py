"""One example of each action about accounts elsewhere: prepare, then act."""

from collections.abc import Callable

from allauth.socialaccount.models import SocialAccount

from civic.people import actions as people
from tests.making import NOON, make_person


def _link() -> Callable[[], object]:
    person = make_person()
    return lambda: people.link_account(person=person, provider="kakao", subject="1", at=NOON)


def _unlink() -> Callable[[], object]:
    person = make_person()
    account: SocialAccount = people.link_account(person=person, provider="kakao", subject="2", at=NOON)
    return lambda: people.unlink_account(by=person, account=account, at=NOON)


def _distrust() -> Callable[[], object]:
    person = make_person()
    people.link_account(person=person, provider="naver", subject="3", at=NOON)
    return lambda: people.distrust_links(person=person, at=NOON)


LINKING_EXAMPLES = {"link_account": _link, "unlink_account": _unlink, "distrust_links": _distrust}
