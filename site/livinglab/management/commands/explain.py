"""`livinglab explain VERB`: verb, rule, fact, reactions, template, tests; `--map` writes civic/README.md's table."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from livinglab.explain import ROOT, Story, stories, verbs

BEGIN, END = "<!-- map: begin -->", "<!-- map: end -->"
MAP = ROOT / "civic" / "README.md"
PARTS = ("action", "rules", "facts", "reactions", "templates", "tests")


class Command(BaseCommand):
    help = "Say what happens when somebody does something: livinglab explain support"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("verb", nargs="?", help="an action, or the beginning of its name")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--map", action="store_true", help="write the map in civic/README.md")
        parser.add_argument("--check", action="store_true", help="with --map: only say whether it is true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["map"]:
            return self._map(check=options["check"])
        found = stories(options["verb"]) if options["verb"] else []
        if not found:
            raise CommandError("Which verb? " + ", ".join(verbs()))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(story) for story in found], ensure_ascii=False, indent=1))
            return
        for story in found:
            self.stdout.write("\n".join(_lines(story)) + "\n")

    def _map(self, *, check: bool) -> None:
        text = MAP.read_text(encoding="utf-8")
        head, rest = text.split(BEGIN)
        tail = rest.split(END)[1]
        fresh = f"{head}{BEGIN}\n{_table()}\n{END}{tail}"
        if check and fresh != text:
            raise CommandError("The map in civic/README.md is out of date: run `livinglab explain --map`.")
        if not check:
            MAP.write_text(fresh, encoding="utf-8")


def _lines(story: Story) -> list[str]:
    lines = [f"{story.verb}: {story.sentence}"]
    for part in PARTS:
        value = getattr(story, part)
        values = (value,) if isinstance(value, str) else value
        lines.append(f"  {part:<10} {values[0] if values else '-'}")
        lines += [f"  {'':<10} {more}" for more in values[1:]]
    return lines


def _table() -> str:
    rows = ["| what happens when somebody ... | verb | rule | fact | who reacts |", "|---|---|---|---|---|"]
    for verb in verbs():
        (story,) = stories(verb)
        cells = (", ".join(rule.split(": ")[-1] for rule in story.rules), ", ".join(story.facts))
        reacts = ", ".join(name.rsplit(".", 1)[-1] for name in story.reactions) or "-"
        rows.append(f"| {story.sentence} | `{story.action}` | {cells[0] or '-'} | {cells[1] or '-'} | {reacts} |")
    return "\n".join(rows)
