"""How many readings a second come in over HTTP, in whole batches, and is every one of them accounted for?

Seongdong's 7,443 lamps: each switches on, then reports four times; gateway batches of 500 from four senders, every
tenth batch sent twice and three readings of each batch not to be taken. PostgreSQL as production has it, then SQLite.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from livinglab.bench.asking import free_port, production_environment, served

LAMPS = Path(__file__).resolve().parents[2] / "fixtures/data/lights/seongdong-20210930.csv"
ROUNDS, BATCH, SENDERS = 5, 500, 4
BOUND = 1_000  # readings a second: the burst that live devices of a district may make

Answer = Counter[str]


def run() -> list[dict[str, Any]]:
    """The same on both databases."""
    folder = Path(os.environ["LIVINGLAB_DATA"])
    databases = {"PostgreSQL": os.environ["DATABASE_URL"], "SQLite": f"sqlite:///{folder / 'readings.sqlite3'}"}
    return [row for name, url in databases.items() for row in _measured(name, url, folder)]


def _measured(name: str, url: str, folder: Path) -> list[dict[str, Any]]:
    port = free_port()
    environment = production_environment(url, folder, port)
    _livinglab(environment, "prepare")
    began = time.perf_counter()
    report = json.loads(_livinglab(environment, "import_lights", str(LAMPS), "--district", "11200", "--json"))
    import_took = time.perf_counter() - began
    token = json.loads(_livinglab(environment, "token", "--gateway", "11200", "--json"))["token"]
    tags = [f"11200-{n // 10_000:02}-{n // 100 % 100:02}-{n % 100:02}" for n in _plates()]
    batches = list(_batches(tags))
    with served(environment, folder, port, workers=2, threads=4):
        began = time.perf_counter()
        with ThreadPoolExecutor(SENDERS) as senders:
            total = sum(senders.map(partial(_send, port, token), batches), Counter())
        took = time.perf_counter() - began
    sent = sum(map(len, batches))
    kept = total["accepted"] + total["duplicate"] + total["rejected"]
    return [
        _row(
            f"{name}: 7,443 rows imported",
            f"{import_took:.1f} s, {report['created']} created",
            "30 s",
            import_took < 30,
        ),
        _row(f"{name}: sent = stored + duplicate + rejected", f"{sent:,} = {kept:,}", "equal", sent == kept),
        _row(f"{name}: what came of them", dict(total), "", True),
        _row(f"{name}: readings a second", f"{sent / took:,.0f}", f"{BOUND:,}", sent / took >= BOUND),
    ]


def _plates() -> list[int]:
    """Plate numbers NN-NN-NN of the real list, as numbers."""
    lines = LAMPS.read_bytes().decode("cp949").splitlines()[1:]
    names = (line.partition(",")[0] for line in lines)
    return [int(name.replace("-", "")) for name in names if len(name) == 8 and name.replace("-", "").isdecimal()]


def _batches(tags: list[str]) -> Any:
    now = datetime.now(tz=UTC) - timedelta(minutes=ROUNDS)
    for turn in range(ROUNDS):
        values: dict[str, Any] = {"powerState": "on"} if turn == 0 else {"current": 0.41, "powerConsumption": 38.5}
        t = (now + timedelta(minutes=turn)).isoformat()
        for start in range(0, len(tags), BATCH):
            batch = [{"device": tag, "mid": str(turn), "t": t, "v": values} for tag in tags[start : start + BATCH]]
            odd = [{"device": "11200-nowhere", "mid": "1", "t": t, "v": values}, {}, None]
            yield [*batch, *odd]
            if start // BATCH % 10 == 0:
                yield [*batch, *odd]


def _send(port: int, token: str, batch: list[Any]) -> Answer:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    line.request("POST", "/ingest/v1/observations", json.dumps(batch), headers)
    answer = line.getresponse()
    said = json.loads(answer.read())
    line.close()
    if answer.status != 202:
        return Counter({f"status {answer.status}": len(batch)})
    return Counter(said | {"rejected": len(said["rejected"])})


def _livinglab(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "livinglab", *words], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def _row(promise: str, figure: Any, bound: str, met: bool) -> dict[str, Any]:
    return {"promise": promise, "figure": str(figure), "bound": bound, "met": met}
