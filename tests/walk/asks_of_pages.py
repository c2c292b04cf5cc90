"""How are the pages of residents asked?"""

from datetime import timedelta

from django.utils.timezone import localtime

from civic.faults.models import Fault
from tests.making import DOSEON
from tests.walk.ask import Ask
from tests.walk.world import World

PROPOSAL = {
    "title": "꺼진 보안등, 먼저 알려 주세요",
    "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
    "proposal": "등이 스스로 고장을 알리게 해 주세요.",
    "effect": "",
    "category": "safety",
    "dong": DOSEON,
    "tags": "보안등",
}
ANSWER = {"decision": "adopted", "reason": "구간을 정해 시험하겠습니다.", "planned": "2027년 3월"}
SAID = {"stance": "for", "text": "저도 이 길이 무섭습니다."}


def asks(world: World) -> dict[str, Ask]:
    patterns = {r"^((?:[\w\-]+/)*)$": Ask(at="/"), r"documents/^(\d+)/(.*)$": Ask(at="/documents/1/plan.pdf")}
    return _proposals(world) | _faults(world) | _votes(world) | _own(world) | patterns


def _proposals(world: World) -> dict[str, Ask]:
    code = {"code": world.proposal.code}
    return {
        "proposals/new/": Ask(form=PROPOSAL),
        "proposals/<str:code>/": Ask(code),
        "proposals/<str:code>/support/": Ask(code),
        "proposals/<str:code>/withdraw-support/": Ask({"code": world.supported.code}),
        "proposals/<str:code>/posts/": Ask(code),
        "proposals/<str:code>/posts/<int:number>/": Ask(code | {"number": world.post.pk}),
        "proposals/<str:code>/posts/new/": Ask(code, SAID),
        "proposals/<str:code>/answer/": Ask({"code": world.reviewed.code}, ANSWER),
    }


def _faults(world: World) -> dict[str, Ask]:
    code, tag = {"code": world.fault.code}, {"tag": world.lamp.tag}
    return {
        "devices/<str:tag>/": Ask(tag),
        "l/<str:tag>/": Ask(tag, {"category": "flickering"}),
        "faults/mine/<str:key>/": Ask({"key": world.report_key}),
        "faults/<str:code>/": Ask(code),
        "faults/<str:code>/me-too/": Ask(code),
        "faults/<str:code>/not-mended/": Ask({"code": world.repaired.code}),
        "faults/<str:code>/acts/<str:act>/": Ask(code | {"act": "take"}),
    }


def acts_on_faults(world: World) -> dict[str, tuple[Fault, dict[str, str]]]:
    """Each act with a fault that is ready for it, and the words of its form."""
    tomorrow = localtime(world.now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    return {
        "take": (world.fault, {}),
        "schedule": (world.taken, {"planned_for": tomorrow}),
        "start": (world.taken, {}),
        "repair": (world.taken, {"result": "램프를 갈았습니다."}),
        "resolve": (world.repaired, {}),
        "reopen": (world.repaired, {"note": "다시 꺼졌습니다."}),
        "reject": (world.fault, {"reason": "not_found"}),
        "transfer": (world.taken, {"department": "11200.life.env.green", "note": "공원 안의 일입니다."}),
    }


def more(world: World) -> dict[str, list[Ask]]:
    """The other acts of the routes that take one."""
    acts = acts_on_faults(world).items()
    return {
        "faults/<str:code>/acts/<str:act>/": [Ask({"code": fault.code, "act": a}, form) for a, (fault, form) in acts]
    }


def _votes(world: World) -> dict[str, Ask]:
    option = world.voting.options.first()
    published = {"slug": world.published.slug}
    return {
        "votes/<str:slug>/": Ask({"slug": world.voting.slug}),
        "votes/<str:slug>/ballot/": Ask({"slug": world.voting.slug}, {"choices": option.pk, "cast": "1"}),
        "votes/<str:slug>/result/": Ask(published),
        "votes/<str:slug>/result/ballots.csv": Ask(published),
        "pilots/<slug:slug>/": Ask({"slug": world.running.slug}),
        "departments/<str:code>/": Ask({"code": "11200.safety"}),
    }


def _own(world: World) -> dict[str, Ask]:
    """The notice and the key are those of the resident who walks."""
    return {
        "me/notices/<int:notice>/": Ask({"notice": world.own_notice.pk}),
        "me/tokens/": Ask(form={"label": "달력"}),
        "me/tokens/<int:token>/revoke/": Ask({"token": world.own_key.pk}),
    }
