"""How are the pages of one's own account asked: signing in, levels, personal data?"""

from civic.people.models import Person
from tests.making import DOSEON, PASSWORD
from tests.walk.ask import Ask
from tests.walk.world import World

NEW_PASSWORD = "another-lamp-in-the-alley"


def asks(world: World) -> dict[str, Ask]:
    return _signing_in(world) | _levels(world) | _personal_data(world.resident)


def _signing_in(world: World) -> dict[str, Ask]:
    """Providers: the tests' settings name none, so that each of their addresses is shut."""
    key = {"pk": world.own_passkey.pk}
    return {
        "accounts/login/": Ask(form={"login": "nobody@example.org", "password": PASSWORD}),
        "accounts/email/": Ask(form={"action_add": "", "email": "other@example.org"}),
        "accounts/password/change/": Ask(
            form={"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        ),
        "accounts/password/reset/": Ask(form={"email": "nobody@example.org"}),
        "accounts/reauthenticate/": Ask(form={"password": PASSWORD}),
        "accounts/sessions/": Ask(form={"end": "others"}),
        "accounts/with/<slug:provider>/": Ask({"provider": "town"}),
        "accounts/with/<slug:provider>/link/": Ask({"provider": "town"}),
        "accounts/oidc/^(?P<provider_id>[^/]+)/login/": Ask(at="/accounts/oidc/town/login/"),
        "accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/": Ask(at="/accounts/oidc/town/login/callback/"),
        "accounts/3rdparty/<int:account>/unlink/": Ask({"account": world.own_link.pk}),
        "accounts/2fa/webauthn/login/": Ask(script=True),
        "accounts/2fa/webauthn/keys/<int:pk>/edit/": Ask(key, {"name": "집 열쇠"}),
        "accounts/2fa/webauthn/keys/<int:pk>/remove/": Ask(key),
    }


def _levels(world: World) -> dict[str, Ask]:
    """A letter makes one of a newcomer who is checked; whoever is that already needs none."""
    return {
        "me/verification/code/": Ask(form={"code": world.letter}),
        "me/verification/ties/": Ask(form={"kind": "works", "tie_dong": DOSEON}),
        "me/verification/ties/<slug:kind>/withdraw/": Ask({"kind": "lives"}),
    }


def _personal_data(resident: Person) -> dict[str, Ask]:
    """The resident leaves for good; nobody else knows their nickname, nor leaves by it."""
    kind = {"kind": "place"}
    return {
        "privacy/<slug:kind>/": Ask({"kind": "account"}),
        "privacy/<slug:kind>/<int:version>/": Ask({"kind": "terms", "version": 1}),
        "me/privacy/<slug:kind>/give/": Ask(kind),
        "me/privacy/<slug:kind>/withdraw/": Ask(kind),
        "me/consents/": Ask(form={"consent_terms": "on", "consent_account": "on"}),
        "me/details/": Ask(form={"nickname": "산책하는이", "dong": ""}),
        "me/leave/": Ask(form={"texts": "kept", "nickname": resident.nickname}),
    }
