"""Do the promises hold that need load, kills and full-size data? Runs every prover and writes dated tables.

    python tests/prove/run.py [name ...]

A prover is a module here with `run() -> list[dict]`, rows of promise, figure, bound and met. Each runs in a process of
its own with an empty PostgreSQL database and Redis, as production has them; nothing of a real installation is touched.
"""

import ast
import datetime
import json
import os
import platform
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.needs import provide  # noqa: E402 - the path must be known first
from tests.services import postgresql, redis, running  # noqa: E402 - the path must be known first

Row = dict[str, Any]
_CALL = """
import importlib, json, signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every `with` of the prover ends its server
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell began this in the background
json.dump(importlib.import_module(sys.argv[1]).run(), open(sys.argv[2], "w"))
"""


def main(names: list[str]) -> int:
    """Exit status 0 when every bound is met."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every `with` below ends its server
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell began this in the background
    provide()
    chosen = [name for name in provers() if not names or name in names]
    if not chosen:
        sys.exit(f"No such prover; there are {', '.join(provers())}.")
    met = True
    with tempfile.TemporaryDirectory(prefix="livinglab-prove-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own account must reach its folder inside
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        with postgresql(settings=()) as database, redis() as redis_url:
            for name in chosen:
                rows = _prove(name, database, redis_url, Path(folder))
                print(_table(rows), flush=True)
                _keep(name, rows)
                met = met and all(row["met"] for row in rows)
    return 0 if met else 1


def provers() -> list[str]:
    """Modules beside this one that define `run` without arguments."""
    return [
        path.stem
        for path in sorted(Path(__file__).parent.glob("*.py"))
        if path.name != "run.py"
        and any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in ast.parse(path.read_text()).body)
    ]


def _prove(name: str, cluster: str, redis_url: str, folder: Path) -> list[Row]:
    """One prover on a database of its own."""
    print(f"\n== {name} ==", flush=True)
    with psycopg.connect(cluster, autocommit=True) as line:
        line.execute(f'CREATE DATABASE "prove_{name}"')
    data, answer = folder / name, folder / f"{name}.json"
    data.mkdir()
    told = {"DATABASE_URL": f"{cluster.rpartition('/')[0]}/prove_{name}", "REDIS_URL": redis_url}
    dropped = {"DJANGO_SETTINGS_MODULE", "CLOCK_OFFSET", "TEST_DB"}
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    environment = {**kept, **told, "LIVINGLAB_DATA": str(data)}
    words = [sys.executable, "-c", _CALL, f"tests.prove.{name}", answer]
    with running(*words, environment=environment, cwd=ROOT) as prover:
        status = prover.wait()
    if status or not answer.exists():
        return [{"promise": "the prover runs to its end", "figure": f"status {status}", "bound": 0, "met": False}]
    rows: list[Row] = json.loads(answer.read_text())
    return rows


def _table(rows: list[Row]) -> str:
    lines = [
        f"| {row['promise']} | {row['figure']} | {row['bound']} | {'yes' if row['met'] else '**no**'} |" for row in rows
    ]
    return "\n".join(["| promise | figure | bound | met |", "|---|---|---|---|", *lines])


def _keep(name: str, rows: list[Row]) -> None:
    folder = ROOT / "site" / "measurements"
    folder.mkdir(exist_ok=True)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    title = f"# {name.replace('_', ' ')}, {today}"
    text = f"{title}\n\n{_machine()}\n\n{_table(rows)}\n"
    (folder / f"{today}-{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")


def _machine() -> str:
    """What the figures were taken on: cores, model, versions, and who else was at work."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    load = f"load {os.getloadavg()[0]:.1f} when written"
    words = [f"{os.cpu_count()} cores {model or platform.processor()}", load, f"Python {platform.python_version()}"]
    return f"Machine: {', '.join(words)}, {platform.system()}. `make prove` repeats it."


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
