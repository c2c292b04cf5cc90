"""With which codes does the staff of the demonstration sign in?"""

import time
from datetime import datetime

from allauth.mfa.utils import decrypt

from civic.people.actions import give_app
from civic.people.models import Person
from civic.people.queries import app_of, open_account
from civic.people.rules import may
from livinglab.reference import read
from livinglab.signing_in.factors import fresh_code

_LOOK_AGAIN = 0.5  # seconds; a new code comes every thirty


class NoApp(Exception):
    """Such an account has no authenticator app, or there is none at this address."""


def give_apps(*, at: datetime) -> dict[str, str]:
    """Address -> secret of the authenticator app (base32), for each account of the staff; made where it is missing."""
    people = Person.objects.filter(email__in=[row["email"] for row in read("demo/people.json")["accounts"]])
    staff = [person for person in people.order_by("date_joined", "email") if may(person, "enter_desk")]
    return {person.email: give_app(person=person, at=at) for person in staff}


def code_for(email: str) -> str:
    """A code that will be taken: the current one, or where that was used already the next; waits for it if it must."""
    person = open_account(email)
    app = app_of(person) if person else None
    if person is None or app is None:
        raise NoApp
    secret = decrypt(app.data["secret"])
    while (code := fresh_code(person, secret)) is None:
        time.sleep(_LOOK_AGAIN)
    return code
