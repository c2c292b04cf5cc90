"""What happens when somebody does this? Read from the code itself, so that it cannot be out of date."""

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import FunctionType, ModuleType

import civic
from civic.ledger.facts import all_facts
from civic.reactions.run import name_of
from civic.reactions.table import REACTIONS

ROOT = Path(civic.__file__).parents[1]
_ROUTE = re.compile(r"(\w+)\.(\w+), name=\"([\w-]+)\"")  # module, view and name in a file of addresses


@dataclass(frozen=True)
class Story:
    """One verb from its rule to its tests; places are `file:line name`."""

    verb: str
    sentence: str
    action: str
    rules: tuple[str, ...]
    facts: tuple[str, ...]
    reactions: tuple[str, ...]
    templates: tuple[str, ...]
    tests: tuple[str, ...]


def verbs() -> dict[str, FunctionType]:
    """Every public action by its name: functions of `actions` modules that take `at`."""
    found: dict[str, FunctionType] = {}
    for module in _action_modules():
        for name, thing in vars(module).items():
            function = inspect.unwrap(thing) if inspect.isfunction(thing) else None
            if function and function.__module__ == module.__name__ and not name.startswith("_"):
                if "at" in inspect.signature(function).parameters:
                    found[name] = function
    return dict(sorted(found.items()))


def stories(word: str) -> list[Story]:
    """The verbs that begin with `word`, or, if none does, those that hold it."""
    known = verbs()
    whole, begins = [n for n in known if n == word], [n for n in known if n.startswith(word)]
    fitting = (whole, begins, [n for n in known if word in n])
    return [_story(name, known[name]) for name in next((names for names in fitting if names), [])]


def _story(name: str, function: FunctionType) -> Story:
    module = inspect.getmodule(function)
    assert module is not None
    used = _names_used(function, module)
    facts = tuple(sorted(fact for fact in all_facts() if fact in used))
    reactions = {name_of(r) for fact in facts for r in REACTIONS.get(all_facts()[fact], ())}
    return Story(
        verb=name,
        sentence=(inspect.getdoc(function) or "").splitlines()[0],
        action=_place(function),
        rules=tuple(_rule_place(module, rule) for rule in sorted(used) if rule.startswith("why_")),
        facts=facts,
        reactions=tuple(sorted(reactions)),
        templates=tuple(_templates(name)),
        tests=tuple(_tests(name)),
    )


def _action_modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(civic.__path__, "civic."):
        if ".actions" in info.name and ".migrations" not in info.name:
            yield importlib.import_module(info.name)


def _names_used(function: FunctionType, module: ModuleType) -> set[str]:
    """Names a function uses, and those of the private functions of its module that it calls."""
    names: set[str] = set()
    todo, seen = [function], set()
    while todo:
        current = todo.pop()
        seen.add(current)
        fresh = _names_in(ast.parse(textwrap.dedent(inspect.getsource(current))))
        names |= fresh
        called = [getattr(module, name) for name in fresh if inspect.isfunction(getattr(module, name, None))]
        todo += [f for f in map(inspect.unwrap, called) if f.__module__ == module.__name__ and f not in seen]
    return names


def _names_in(tree: ast.AST) -> set[str]:
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _rule_place(module: ModuleType, rule: str) -> str:
    """Where the rule is written that the action's module knows by this name, itself or through a module it imports."""
    known = [module, *filter(inspect.ismodule, vars(module).values())]
    found = next((getattr(place, rule) for place in known if hasattr(place, rule)), None)
    return _place(inspect.unwrap(found)) if found else rule


def _place(function: FunctionType) -> str:
    path = Path(inspect.getsourcefile(function) or "").relative_to(ROOT)
    return f"{path}: {function.__name__}"


def _templates(verb: str) -> list[str]:
    """Templates that link to a view or draw the form that calls the verb."""
    quoted = [f"{mark}{name}{mark}" for name, calls in _routes() if calls(verb) for mark in "\"'"]
    pages = [p for folder in ("civic", "cms", "site") for p in (ROOT / folder).rglob("templates/**/*.html")]
    return sorted(str(p.relative_to(ROOT)) for p in pages if any(name in _read(p) for name in quoted))


def _routes() -> Iterator[tuple[str, Callable[[str], bool]]]:
    """Each address's name, and whether the view behind it calls a verb, itself or by a function beside it."""
    for urls in sorted((ROOT / "civic").rglob("*urls.py")):
        for module, view, name in _ROUTE.findall(_read(urls)):
            places = (urls.parent / f"{module}.py", urls.parent / "views" / f"{module}.py")
            text = next((_read(place) for place in places if place.exists()), "")
            yield name, partial(_calls, text, view)


def _calls(text: str, view: str, verb: str) -> bool:
    bodies = {part.split("(", 1)[0]: part for part in re.split(r"^def ", text, flags=re.M)[1:]}
    todo, seen = [view], set()
    while todo:
        body = bodies.get(current := todo.pop(), "")
        seen.add(current)
        if re.search(rf"\b{verb}\b", body):
            return True
        todo += [name for name in bodies if name not in seen and re.search(rf"\b{name}\b", body)]
    return False


def _tests(verb: str) -> list[str]:
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for part in re.split(r"^(?=(?:async )?def )", _read(path), flags=re.M):
            name = re.match(r"(?:async )?def (test_\w+)", part)
            if name and re.search(rf"\b{verb}\b", part):
                found.append(f"{path.relative_to(ROOT)}::{name.group(1)}")
    return found


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
