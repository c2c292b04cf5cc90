"""Does the code keep the promises that no single test can hold? Sizes, directions, names, reasons, migrations."""

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite  # no database decides anything here
ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "base"}
# What holds the promise of its name here, although it is on the list everywhere else.
NAMES_EXCUSED = {
    "site/livinglab/settings/base.py": "Django's word for what all settings share",
    "tests/services.py": "starts servers; services in the word's plain sense",
}
# Writes belong to actions. Who else writes, and why:
WRITERS = {
    "civic/feed/write.py": "the feed's only way in, called by record()",
    "civic/feed/numbering.py": "gives numbers, in a transaction of its own",
    "civic/feed/consume.py": "moves cursors and sets items aside",
    "civic/feed/keeping.py": "trims what nobody needs",
    "civic/ledger/record.py": "the ledger's only way in",
    "civic/ledger/receipts.py": "remembers answers to writes that may be repeated",
    "civic/people/models/accounts.py": "create_user, which register_person calls",
    "cms/content.py": "loads Wagtail's pages, which have their own revisions",
    "cms/schedule.py": "makes a page that failed at its time a draft again, in Wagtail's own revisions",
    "cms/rights.py": "gives groups at the desk their rights",
    "site/livinglab/bench/data.py": "sessions of people who do not exist, in a database of the bench's own",
    "site/livinglab/signing_in/account_forms.py": "no row: attributes of a form's field",
    "site/livinglab/settings/base.py": "no row: the options of a database",
}
_ORM_WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update",
    "get_or_create", "update_or_create", "raw_delete",
}  # fmt: skip  # a list of words
_NOT_ROWS = {
    "form", "hashlib", "digest", "cache", "context", "params", "query", "state", "storage", "session", "picture",
}  # fmt: skip  # a list of words
MACHINE_PATHS = re.compile(r"(?<![\w.<])/(?:home|root|mnt|work)/\w|/tmp/[a-z]")  # guides name /srv, /etc, /usr
ADDRESSES = re.compile(
    r"--(?:extra-)?index-url|registry *= *\"?http|\"resolved\": *\"http|^registry=|@ https?://", re.M
)
_WAIVER = re.compile(
    r"#\s*(?:noqa|type:\s*ignore|fmt:\s*(?:skip|off))\b(?::?\s*[A-Z0-9, ]+|\[[\w\-, ]+\])?(?P<rest>.*)$"
)


@lru_cache
def tracked() -> tuple[Path, ...]:
    """What git keeps and what it would keep if asked now."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(ROOT / name for name in sorted(set(names)) if (ROOT / name).is_file())


@lru_cache
def sources(*tops: str) -> tuple[Path, ...]:
    """Our Python below these folders, migrations apart: Django writes them."""
    tops = tops or ("civic", "cms", "site")
    return tuple(
        path
        for path in tracked()
        if path.suffix == ".py" and name_of(path).split("/")[0] in tops and "/migrations/" not in name_of(path)
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@lru_cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function with its length, its docstring counted."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


# --- sizes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("tops", [("civic", "cms", "site"), ("tests",)], ids=["product", "tests"])
def test_files_are_short(tops: tuple[str, ...]) -> None:
    sizes = {name_of(path): len(lines(path)) for path in sources(*tops)}
    assert {name: size for name, size in sizes.items() if size > 300} == {}
    if "civic" in tops:
        assert statistics.median(size for size in sizes.values() if size) <= 80


def test_scripts_and_styles_are_short() -> None:
    sizes = {name_of(path): len(lines(path)) for path in tracked() if path.suffix in (".css", ".ts", ".mjs")}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_functions_are_short() -> None:
    sizes = dict(found for path in sources() for found in functions(path))
    assert {name: size for name, size in sizes.items() if size > 40} == {}
    assert statistics.median(sizes.values()) <= 8
    assert statistics.quantiles(sizes.values(), n=10)[-1] <= 25


# --- names and words ------------------------------------------------------------------------


def test_modules_are_named_for_what_they_do() -> None:
    named = {name_of(path): {path.stem, path.parent.name} for path in tracked() if path.suffix in (".py", ".ts")}
    bad = {name for name, words in named.items() if words & FORBIDDEN_NAMES}
    assert bad == set(NAMES_EXCUSED)


def test_modules_say_which_question_they_answer() -> None:
    silent = [name_of(path) for path in sources("civic", "cms", "site", "tests") if lines(path)]
    silent = [name for name in silent if not ast.get_docstring(tree(ROOT / name))]
    assert silent == []


def test_public_functions_are_typed() -> None:
    untyped = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        if node.returns is None
    ]
    assert untyped == []


def test_waivers_carry_their_reason() -> None:
    bare = []
    for path in sources("civic", "cms", "site", "tests"):
        for number, line in enumerate(lines(path), start=1):
            waiver = _WAIVER.search(line)
            if waiver and not re.search(r"[a-z]{3,}", waiver["rest"]) and "_WAIVER = re" not in line:
                bare.append(f"{name_of(path)}:{number}")
    assert bare == []


def test_words_to_translate_stand_outside_f_strings() -> None:
    """What reads the sources for the catalogues sees nothing inside one: the word would stay English for everybody."""
    marks = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy", "npgettext"}
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in sources("civic", "cms", "site")
        for string in ast.walk(tree(path))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in marks
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|NotImplemented\w*|pytest\.mark\.(?:skip|xfail))\b")
    here = Path(__file__).resolve()
    found = [name_of(p) for p in sources("civic", "cms", "site", "tests") if p != here and later.search(p.read_text())]
    assert found == []


def test_no_file_knows_this_machine_or_a_registry() -> None:
    here = Path(__file__).resolve()
    texts = {".py", ".ts", ".toml", ".lock", ".json", ".md", ".html", ".css", ".txt", "", ".mjs", ".service", ".conf"}
    found = []
    for path in tracked():
        if path.suffix in texts and path != here and "fixtures/data" not in name_of(path):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [name_of(path) for pattern in (MACHINE_PATHS, ADDRESSES) if pattern.search(text)]
    assert found == []


def test_root_holds_nothing_else() -> None:
    files = {path.name for path in tracked() if path.parent == ROOT and not path.name.startswith(".")}
    known = {"README.md", "SECURITY.md", "LICENSE", "Makefile", "pyproject.toml"}
    locks = {"requirements.lock", "requirements-dev.lock", "requirements-node.lock"}
    assert files - known - locks == set()


# --- directions -----------------------------------------------------------------------------


def imports(path: Path) -> set[str]:
    """Top-level packages a file imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_civic_never_imports_wagtail() -> None:
    assert [name_of(path) for path in sources("civic") if imports(path) & {"wagtail", "modelcluster", "cms"}] == []


def test_wagtail_stands_in_cms_alone() -> None:
    others = [name_of(path) for path in sources("site") if "wagtail" in imports(path)]
    assert others == ["site/livinglab/urls.py"]  # where its addresses are hung in


def test_bleach_stands_behind_one_module() -> None:
    assert [name_of(path) for path in sources() if "bleach" in imports(path)] == ["civic/texts.py"]


def test_site_is_no_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


def test_writes_stand_in_actions() -> None:
    strangers = {
        f"{name_of(path)}:{line}"
        for path in sources()
        if path.stem != "actions" and path.parent.name != "actions" and name_of(path) not in WRITERS
        for line in orm_writes(path)
    }
    assert strangers == set()


def test_excused_writers_exist_and_write() -> None:
    assert [name for name in WRITERS if not (ROOT / name).exists() or not list(orm_writes(ROOT / name))] == []


def orm_writes(path: Path) -> Iterator[int]:
    """Lines that call what writes rows; a dictionary's update and the like are told apart by their owner's name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ORM_WRITES:
            owner = ast.unparse(node.func.value).rsplit(".", 1)[-1].strip("_()").lower()
            if owner not in _NOT_ROWS and not (node.func.attr == "update" and node.args):
                yield node.lineno


def test_no_signals_and_no_logic_in_save() -> None:
    found = []
    for path in sources("civic", "cms"):
        text = path.read_text(encoding="utf-8")
        found += [name_of(path) for word in ("django.dispatch", "post_save", "def save(self") if word in text]
    assert found == []


# --- migrations -----------------------------------------------------------------------------


@pytest.mark.parametrize("app", ["civic", "cms"])
def test_migrations_are_one_line(app: str) -> None:
    names = sorted(path.stem for path in (ROOT / app / "migrations").glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert (ROOT / app / "migrations" / "max_migration.txt").read_text().strip() == names[-1]


@pytest.mark.parametrize("app", ["civic", "cms"])
def test_migrations_change_schema_or_data_never_both(app: str) -> None:
    mixed = []
    for path in sorted((ROOT / app / "migrations").glob("0*.py")):
        called = {node.func.attr for node in ast.walk(tree(path)) if is_operation(node)}  # type: ignore[attr-defined]  # is_operation saw it
        data = called & {"RunPython", "RunSQL"}
        if data and called - data:
            mixed.append(path.name)
    assert mixed == []


def is_operation(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "migrations"
        and node.func.attr != "swappable_dependency"
    )
