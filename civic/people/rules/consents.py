"""What may consent not be given to, or taken back, and why?"""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from civic.people.models import ConsentDocument, Person
from civic.people.queries import agrees_to, consents_due, documents_in_force
from civic.refusals import Refusal


def why_not_consent(person: Person, documents: Collection[ConsentDocument]) -> Refusal | None:
    """Refuse versions that no longer hold, and an account that leaves out what is required."""
    given = {document.pk for document in documents}
    if given - {document.pk for document in documents_in_force()}:
        return Refusal("consent_outdated", _("These texts have changed meanwhile. Please read them once more."))
    missing = next((one for one in consents_due(person) if one.required and one.pk not in given), None)
    if missing:
        text = _("Without this consent there can be no account. Everything on the site can be read without one.")
        return Refusal("consent_missing", text, 422, f"consent_{missing.kind}")
    return None


def why_not_withdraw_consent(person: Person, document: ConsentDocument) -> Refusal | None:
    """Refuse what was never given, and what the account itself stands on."""
    if not agrees_to(person, document.kind):
        return Refusal("consent_not_given", _("You have not agreed to this."))
    if document.required:
        text = _("The account stands on this consent. You take it back by erasing the account.")
        return Refusal("consent_required", text)
    return None
