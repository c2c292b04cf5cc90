"""What becomes of what is kept under an address that its owner has replaced?"""

from collections.abc import Collection

from django.db import transaction

from civic.faults.actions import move_contacts
from civic.outbox.actions import drop_sent


@transaction.atomic
def leave_addresses(*, left: Collection[str], address: str) -> None:
    """Mails that went there are forgotten; what was reported from there is told to the new address.

    Otherwise an erasure, which knows today's address alone, would leave both behind. Their owner confirmed both.
    """
    drop_sent(to=left)
    move_contacts(left=left, address=address)
