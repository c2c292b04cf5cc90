"""`livinglab serve`: web and worker on one machine, and in a demonstration the simulator, kept running."""

import os
import socket
import sys
import time
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from livinglab.supervisor import Child, Supervisor


class Command(BaseCommand):
    help = "Serve the site on this machine: one web process and one worker, restarted when they die."
    requires_system_checks: list[str] = []  # the web process checks; checking twice costs a second

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--still", action="store_true", help="a demonstration plays no nights")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        _insist_free(host, port)
        address = _address(host, port)
        os.environ.setdefault("BASE_URL", address)  # what web and worker write into mails, unless somebody says it
        children = [
            Child("web", _web(host, port)),
            Child("worker", [sys.executable, "-m", "livinglab", "worker", "--skip-checks"]),
        ]
        if settings.DEMO and not options["still"]:
            children.append(Child("simulator", _player(host, port), needed=False))
        status = Supervisor(children, self._say).run(
            ready=lambda: _answers(f"{address}/healthz"), announce=lambda: self._say(f"Serving at {address}/")
        )
        if status:
            sys.exit(status)

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _web(host: str, port: int) -> list[str]:
    options = ["--host", host, "--port", str(port), "--log-level", "warning", "--no-server-header"]
    limits = ["--timeout-graceful-shutdown", "3", "--ws-max-size", "16384"]
    # The cheapest way to many browsers that uvicorn has; frames are short, pressing each costs more than it saves.
    limits += ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false"]
    return [sys.executable, "-m", "uvicorn", "livinglab.asgi:application", *options, *limits]


def _player(host: str, port: int) -> list[str]:
    """Night after night, each start with others of its lamps in trouble."""
    url, seed = _address(host, port), str(int(time.time()) // 200)
    words = ["--seed", seed, "--nights", "0", "--realtime", "--url", url, "--verbosity", "0"]
    return [sys.executable, "-m", "livinglab", "simulate", *words]


def _address(host: str, port: int) -> str:
    """Where the site answers on this machine."""
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 - compared, not bound


def _insist_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"{host}:{port} cannot be used ({error.strerror}): choose another with PORT=.") from None


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False
