"""Are the faults that a played night opens those that were planted, for five seeds, and does a storm open none?

The demonstration on PostgreSQL with all its lamps, served as `make run` serves it, played through the HTTP ingest.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.live import Site, running_site
from tests.prove.readings import _row

SEEDS = (1, 2, 7, 44, 99)  # each with lamps of its own: a lamp that fails again opens its old fault anew
PLAYS = [("storm", 1), *(("night", seed) for seed in SEEDS), ("storm", 2)]
_OPENED = "SELECT key, data FROM civic_entry WHERE id > %s AND fact = ANY(%s)"
FINDINGS, FAULTS = ["FindingOpened"], ["FaultOpened", "FaultReopened"]


def run() -> list[dict[str, Any]]:
    """One play after another, each compared with the books."""
    services = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    with running_site(Path(os.environ["LIVINGLAB_DATA"]), **services) as site:
        return [row for scenario, seed in PLAYS for row in _play(site, scenario, seed)]


def _play(site: Site, scenario: str, seed: int) -> list[dict[str, Any]]:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        before = line.execute("SELECT coalesce(max(id), 0) FROM civic_entry").fetchone()
        began = time.monotonic()
        words = ["simulate", "--seed", str(seed), "--scenario", scenario, "--url", site.url, "--json"]
        told = json.loads(site.command(*words))
        took = time.monotonic() - began
        _await_reactions(line)
        findings = line.execute(_OPENED, [*(before or (0,)), FINDINGS]).fetchall()
        faults = line.execute(_OPENED, [*(before or (0,)), FAULTS]).fetchall()
        at_devices = line.execute(
            "SELECT 'device:' || d.tag, f.finding FROM civic_fault f JOIN civic_device d ON d.id = f.device_id"
            " WHERE 'fault:' || f.code = ANY(%s)",
            [[key for key, _data in faults]],
        ).fetchall()
    planted = sorted((f"device:{one['device']}", one["code"]) for one in told["planted"])
    found = sorted((key, data["code"]) for key, data in findings)
    opened = sorted(at_devices)
    name = f"{scenario}, seed {seed}"
    return [
        _row(f"{name}: findings = planted", f"{len(found)} = {len(planted)}", "equal", found == planted),
        _row(f"{name}: faults opened = planted", f"{len(opened)} = {len(planted)}", "equal", opened == planted),
        _row(f"{name}: readings sent, and in seconds", f"{told['sent']:,} in {took:.0f} s", "-", True),
    ]


def _await_reactions(line: "psycopg.Connection[Any]") -> None:
    """Until every finding is numbered and the reaction that makes faults of findings has read it."""
    end = time.monotonic() + 60
    question = """
        SELECT EXISTS (SELECT 1 FROM civic_item WHERE seq IS NULL) OR EXISTS (
            SELECT 1 FROM civic_item i JOIN civic_consumer c ON c.name = 'civic.reactions.faults.follow_finding'
            WHERE i.seq > c.seq AND i.kind IN ('FindingOpened', 'FindingClosed'))"""
    while time.monotonic() < end:
        if line.execute(question).fetchone() == (False,):
            return
        time.sleep(0.3)
