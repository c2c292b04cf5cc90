"""What is wrong with this installation, and what mends it? One finding a line, each with a sentence."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime

from civic.devices.hearing import silent_gateways, speaking_gateways
from civic.devices.models import Gateway
from civic.ledger import triggers
from civic.people.models import Department
from civic.places.models import District
from civic.privacy.queries.unlisted import unlisted_erasures
from cms.policy_text import SLUG, faults_of_policy

from .pulse import Pulse, feed_moves_within, feel_pulse

PATIENCE = 5.0  # seconds; a worker numbers within one
BEHIND = 1_000  # items; a reaction so far behind tells people late


@dataclass(frozen=True)
class Finding:
    """`name` of what was looked at, whether it is well, and a sentence: what is, or what to do."""

    name: str
    ok: bool
    sentence: str


def examine() -> list[Finding]:
    """Look at everything. Where the database is gone or not migrated, what stands in it is not looked at."""
    findings = [_database()]
    if findings[0].ok:
        findings.append(_migrations())
    if all(finding.ok for finding in findings):
        pulse = feel_pulse()
        findings += [
            _triggers(),
            *(check(pulse) for check in (_feed, _reactions, _set_aside, _outbox)),
            _cache(),
            _departments(),
            _gateways(pulse),
            _policy(),
            _erasures(),
        ]
    return [*findings, _static(), _media(), _settings(), _help()]


def _finding(name: str, ok: bool, well: str, otherwise: str) -> Finding:
    return Finding(name, ok, well if ok else otherwise)


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Finding("database", False, f"It does not answer ({_line(error)}): start it or correct DATABASE_URL.")
    return Finding("database", True, f"{connection.display_name} answers.")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return _finding(
        "migrations", not waiting, "All are applied.", f"{waiting} are not applied: run `livinglab prepare`."
    )


def _triggers() -> Finding:
    gone = ", ".join(sorted(triggers.missing(connection)))
    return _finding(
        "ledger", not gone, "Its triggers stand.", f"Missing triggers: {gone}. Run `livinglab doctor --mend`."
    )


def _feed(pulse: Pulse) -> Finding:
    late = f"{pulse.lag.waiting} items wait and get no number within {PATIENCE:.0f} s: start `livinglab worker`."
    moves = not pulse.lag.waiting or feed_moves_within(PATIENCE)
    return _finding("feed", moves, f"Head {pulse.epoch}:{pulse.seq}; {pulse.lag.waiting} wait.", late)


def _reactions(pulse: Pulse) -> Finding:
    slow = {name: behind for name, behind in pulse.lag.behind.items() if behind > BEHIND}
    told = ", ".join(f"{name} by {behind}" for name, behind in slow.items())
    worst = max(pulse.lag.behind.values(), default=0)
    return _finding(
        "reactions",
        not slow,
        f"{len(pulse.lag.behind)} consumers, at most {worst} items behind.",
        f"Far behind: {told}. Start a worker, or see its log.",
    )


def _set_aside(pulse: Pulse) -> Finding:
    many = (
        f"{pulse.set_aside} items could not be handled: at the desk, see each error, then run it again or dismiss it."
    )
    return _finding("set aside", not pulse.set_aside, "None.", many)


def _outbox(pulse: Pulse) -> Finding:
    bad = (
        f"{pulse.overdue} of {pulse.waiting} messages are late, {pulse.failing} failed: see the mail server's settings."
    )
    lost = f", {pulse.given_up} were given up in the last 30 days" if pulse.given_up else ""
    return _finding("outbox", not (pulse.overdue or pulse.failing), f"{pulse.waiting} messages wait{lost}.", bad)


def _cache() -> Finding:
    try:
        cache.set("livinglab-doctor", "well", 10)
        works = cache.get("livinglab-doctor") == "well"
    except Exception as error:  # noqa: BLE001 - each kind of cache fails in its own way, all mean the same here
        return Finding("cache", False, f"It does not answer ({_line(error)}): start Redis or run `livinglab prepare`.")
    return _finding("cache", works, "It keeps what it is given.", "It forgets: run `livinglab prepare`.")


def _departments() -> Finding:
    """Without one nothing is brought to anybody: what reaches its threshold waits unseen."""
    open_ones = Department.objects.filter(district=OuterRef("code"), closed_at=None)
    bare = District.objects.filter(~Exists(open_ones)).order_by("code").values_list("name_ko", flat=True)
    none = f"None in {', '.join(bare)}: `livinglab load_departments FILE`, or /desk/departments/."
    return _finding("departments", not bare, "Each district has some.", none)


def _policy() -> Finding:
    """Whose site it is, and whom to ask, nobody can write but those who run it."""
    faults = [] if settings.DEMO else list(faults_of_policy())
    said = f"{'; '.join(faults)}: put it right at the desk, page /{SLUG}/."
    return _finding("privacy policy", not faults, "It says what the law asks for.", said)


def _erasures() -> Finding:
    """What the next restore would have to know."""
    unlisted = unlisted_erasures()
    otherwise = (
        f"{unlisted} stand in no line of {settings.DESTROYED_LOG}: put its copy back, or a restore revives them."
    )
    return _finding("erasures", not unlisted, "Each stands in destroyed.log.", otherwise)


def _help() -> Finding:
    named = bool(settings.HELP_PHONE and settings.HELP_OFFICE["ko"])
    return _finding(
        "help line",
        named or settings.DEMO,
        "Pages say whom to call.",
        "Pages name nobody: set HELP_PHONE, HELP_OFFICE.",
    )


def _gateways(pulse: Pulse) -> Finding:
    """Lamps of a silent gateway are not judged by their silence, so nobody else would tell."""
    quiet = ", ".join(f"{gateway.district} since {_moment(gateway)}" for gateway in silent_gateways(pulse.at))
    many = speaking_gateways().count()
    return _finding(
        "gateways",
        not quiet,
        f"{many} bring readings." if many else "None has brought readings yet.",
        f"Silent: {quiet}. See that it runs, its network, and that its key still holds (`livinglab token`).",
    )


def _moment(gateway: Gateway) -> str:
    return f"{localtime(gateway.heard_at):%Y-%m-%d %H:%M}"


def _static() -> Finding:
    built = Path(str(settings.DJANGO_VITE["default"]["manifest_path"])).exists()
    collected = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    missing = "not collected: run `livinglab collectstatic`." if built else "not built: run `make build`."
    return _finding("static files", built and collected, "Built and collected.", f"They are {missing}")


def _media() -> Finding:
    """The nearest folder that exists must be writable: Django makes the rest when the first file comes."""
    folder = Path(settings.MEDIA_ROOT)
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return _finding(
        "media", os.access(there, os.W_OK | os.X_OK), f"{folder} can be written.", f"{there} cannot be written."
    )


def _settings() -> Finding:
    found = run_checks(include_deployment_checks=not settings.DEMO)
    grave = [
        f"{message.msg} ({message.id})" for message in found if message.level >= WARNING and not message.is_silenced()
    ]
    return _finding("settings", not grave, "Django's checks find nothing.", " ".join(grave))


def _line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
