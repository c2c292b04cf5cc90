"""Do the documents and declarations hold? Reasons of dependencies, locks, links."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_architecture import ROOT, tracked

pytestmark = pytest.mark.sqlite  # no database decides anything here


def test_dependencies_carry_their_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    known = tomllib.loads(text)
    wanted = [*known["project"]["dependencies"], *(d for group in known["dependency-groups"].values() for d in group)]
    reasons = {line.split('"')[1] for line in text.splitlines() if re.match(r'^.*"[^"]+",?\s*\]?\s*# \w+', line)}
    assert [line for line in wanted if line not in reasons] == []


def test_dependencies_of_the_front_end_carry_their_reason() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    assert sorted(package["//"]) == sorted(package["devDependencies"])
    assert all(package["//"].values())


def test_locks_follow_what_is_declared() -> None:
    """Whoever declares another version draws the locks anew with `make lock`, or `npm install`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    declared = {"requirements.lock": project["project"]["dependencies"] + groups["build"]}
    declared |= {"requirements-dev.lock": groups["dev"], "requirements-node.lock": groups["node"]}
    for name, wanted in declared.items():
        pinned = dict(
            re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^ ;]+)", (ROOT / name).read_text(encoding="utf-8"), re.M)
        )
        for line in map(Requirement, wanted):
            assert pinned.get(canonicalize_name(line.name)) in line.specifier, (name, str(line))
    package = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]


def test_links_of_the_documents_lead_somewhere() -> None:
    """Relative links in Markdown; addresses of the site itself stand in backquotes, not in links."""
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in tracked()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []
