"""Who repairs what was planted? The official in charge, through the same API as everybody, when the play says so."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from civic.devices.judging import cabinet, lamp
from civic.faults.queries import open_faults
from civic.faults.states import State
from civic.people.actions import issue_token, revoke_token
from civic.people.bearer import digest
from civic.people.models import ApiToken, Person
from civic.people.queries import open_account

from .play import Trouble
from .sending import Line, NotTaken

logger = logging.getLogger(__name__)
OFFICIAL = "official@demo.example"
RESULTS = {
    lamp.FAILED: "등기구의 램프와 안정기를 교체했습니다.",
    lamp.BURNING: "점멸기를 교체하고 낮에 꺼지는 것을 확인했습니다.",
    cabinet.LOST: "분전함의 누전차단기를 교체하고 전기를 다시 넣었습니다.",
}
_UNTOUCHED = (State.SUSPECTED, State.CONFIRMED)  # what a visitor has taken on is left to the visitor


class Crew:
    """Repairs troubles as their time comes; one that no fault tells of yet waits until one does."""

    def __init__(self, official: Person | None, at: datetime) -> None:
        self._official = official
        self._token = issue_token(by=official, person=official, label="livinglab simulate", at=at) if official else ""
        self._jobs: list[Trouble] = []

    def expect(self, troubles: Sequence[Trouble]) -> None:
        """Troubles to repair at their `until`, or at once where they have none."""
        self._jobs += troubles

    def work(self, line: Line, until: datetime | None = None) -> bool:
        """Repair what is due at `until` (default: everything) and known as a fault. Is nothing due left unknown?"""
        due = [job for job in self._jobs if until is None or job.until is None or job.until <= until]
        if not due or not self._token:
            return True
        known = _known([job.device for job in due])
        for job in due:
            if job.device in known:
                self._jobs.remove(job)
                code, state = known[job.device]
                if state in _UNTOUCHED:
                    self._repair(line, f"/api/v1/faults/{code}", RESULTS[job.code])
        return all(job.device in known for job in due)

    def _repair(self, line: Line, path: str, result: str) -> None:
        with suppress(NotTaken):  # a visitor was quicker
            line.ask("POST", f"{path}/take", {}, token=self._token)
            try:
                line.ask("POST", f"{path}/repair", {"result": result}, token=self._token)
            except NotTaken as why:
                logger.warning("Taken on and not repaired: %s", why)

    def leave(self, at: datetime) -> None:
        """The key is for one run: it ends with it."""
        token = ApiToken.objects.filter(digest=digest(self._token), revoked_at=None).first()
        if token and self._official:
            revoke_token(by=self._official, token=token, at=at)


def crew(at: datetime) -> Crew:
    """The demonstration's official; without that account nobody repairs."""
    return Crew(open_account(OFFICIAL), at)


def _known(tags: Sequence[str]) -> dict[str, tuple[str, str]]:
    """{tag: number and state of its open fault}."""
    rows = open_faults().filter(device__tag__in=tags).values_list("device__tag", "code", "state")
    return {tag: (code, state) for tag, code, state in rows}
