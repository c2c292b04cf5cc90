"""Which servers do the tests need? Throw-away ones on free loopback ports, never an existing one."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # a lost test cluster costs nothing
_READY_WITHIN = 60  # seconds; initdb on a loaded machine takes a few


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgresql(settings: Sequence[str] = QUICK) -> Iterator[str]:
    """A fresh cluster with one empty database; yields its DATABASE_URL. `settings` are `name=value`."""
    port = free_port()
    with _folder("postgresql", owner=_postgres_account()) as folder:
        data = folder / "data"
        _as_postgres("initdb", "-D", data, "-U", "livinglab", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = [f"-c{setting}" for setting in ("max_connections=200", *settings)]
        command = _postgres_command(
            "postgres", "-D", data, "-p", port, "-k", folder, "-c", "listen_addresses=127.0.0.1", *options
        )
        with _running(command, folder / "log", stop=signal.SIGINT, ready=lambda: _listens(port, folder)):  # fast
            _as_postgres("createdb", "-h", folder, "-p", port, "-U", "livinglab", "livinglab")
            yield f"postgres://livinglab@127.0.0.1:{port}/livinglab"


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that writes nothing to disk; yields its REDIS_URL."""
    port = free_port()
    with _folder("redis") as folder:
        command = ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with _running(_tied(*command), folder / "log", stop=signal.SIGTERM, ready=lambda: _accepts(port)):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def running(
    *command: object, environment: Mapping[str, str] | None = None, **streams: Any
) -> "Iterator[subprocess.Popen[bytes]]":
    """One of our programs until the block ends, or until the process that started it dies in any way."""
    child = subprocess.Popen(_tied(*command), env=environment, **streams)
    try:
        yield child
    finally:
        _end(child, signal.SIGTERM, within=30)


def postgresql_program(name: str) -> str | None:
    """Where `name` of PostgreSQL's programs is: on the PATH, or where Debian keeps the newest version."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(name) or (str(versions[-1]) if versions else None)


def _postgres_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as the account its package made."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def _postgres_command(program: str, *arguments: object) -> list[str]:
    found = postgresql_program(program)
    if found is None:
        raise FileNotFoundError(f"PostgreSQL's {program} is not installed (Debian: apt install postgresql)")
    if _postgres_account():
        return _tied(found, *arguments, account=["--reuid=postgres", "--regid=postgres", "--init-groups"], by="INT")
    return _tied(found, *arguments, by="INT")  # fast: TERM would wait for its clients


def _tied(*command: object, account: Sequence[str] = (), by: str = "TERM") -> list[str]:
    """The command, ended by the kernel when the process that started it dies in any way.

    What runs in the background of a shell ignores INT, and so does all that it starts.
    """
    words = [str(word) for word in command]
    return ["setpriv", "--pdeathsig", by, *account, *words] if shutil.which("setpriv") else words


def _as_postgres(program: str, *arguments: object) -> None:
    done = subprocess.run(_postgres_command(program, *arguments), capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stderr.strip()}")


@contextmanager
def _folder(name: str, owner: pwd.struct_passwd | None = None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"livinglab-{name}-"))
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(command: list[str], log: Path, *, stop: signal.Signals, ready: Callable[[], bool]) -> Iterator[None]:
    """The command as a child in a session of its own (Ctrl-C must not reach it before us), until the block ends."""
    with log.open("wb") as output:
        child = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, cwd="/")
        try:
            _await(ready, child, log)
            yield
        finally:
            _end(child, stop, within=10)


def _end(child: "subprocess.Popen[bytes]", stop: signal.Signals, *, within: float) -> None:
    child.send_signal(stop)
    try:
        child.wait(within)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _await(ready: Callable[[], bool], child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _READY_WITHIN
    while not ready():
        if child.poll() is not None or time.monotonic() > end:
            sys.stderr.write(log.read_text(errors="replace"))
            raise RuntimeError(f"{child.args} did not start")
        time.sleep(0.05)


def _listens(port: int, folder: Path) -> bool:
    probe = _postgres_command("pg_isready", "-q", "-h", folder, "-p", port)
    return subprocess.run(probe, cwd="/").returncode == 0


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
