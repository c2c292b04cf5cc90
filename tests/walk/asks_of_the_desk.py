"""How are the desk's own pages asked?"""

from datetime import timedelta

from django.utils.timezone import localtime

from civic.policies.rules import FIGURES
from tests.pilots import REASON
from tests.voting import WEEK
from tests.walk.ask import Ask
from tests.walk.asks_of_pages import ANSWER
from tests.walk.world import World

PLAN = {
    "title": "보안등 스스로 알림",
    "slug": "walked",
    "summary": "보안등 마흔여덟 등이 스스로 고장을 알립니다.",
    "starts_on": "2026-04-01",
    "ends_on": "2026-06-30",
    "name1": "부점등률",
    "unit1": "%",
    "direction1": "lower",
    "source1": "recorded",
    "target1": "1.5",
    "baseline1": "4.1",
    "must1": "on",
}


def asks(world: World) -> dict[str, Ask]:
    fault, set_aside = {"code": world.fault.code}, {"pk": world.set_aside.pk}
    return {
        "desk/proposals/inspect/<int:pk>/": Ask({"pk": world.reviewed.pk}),
        "desk/proposals/answer/<int:pk>/": Ask({"pk": world.reviewed.pk}, ANSWER),
        "desk/faults/<str:code>/": Ask(fault),
        "desk/faults/<str:code>/<str:act>/": Ask(fault | {"act": "take"}),
        "desk/policies/inspect/<int:pk>/": Ask({"pk": world.policy.pk}),
        "desk/policies/new/": Ask(form=_policy(world)),
        "desk/set-aside/inspect/<int:pk>/": Ask(set_aside),
        "desk/set-aside/retry/<int:pk>/": Ask(set_aside),
        "desk/set-aside/dismiss/<int:pk>/": Ask(set_aside),
        # Wagtail's, closed for good
        "desk/^(users|groups)/": Ask(at="/desk/users/"),
        **_pilots(world),
        **_rounds(world),
    }


def _pilots(world: World) -> dict[str, Ask]:
    planned, running = {"pk": world.planned.pk}, {"pk": world.running.pk}
    value = {"kpi": world.running.kpis.get(position=1).pk, "on": world.now.date().isoformat(), "value": "2.8"}
    baseline = {"kpi": world.planned.kpis.get(position=1).pk, "on": "2026-03-10", "value": "4.3"}
    return {
        "desk/pilots/inspect/<int:pk>/": Ask(running),
        "desk/pilots/plan/<int:proposal>/": Ask({"proposal": world.adopted.pk}, PLAN),
        "desk/pilots/lamps/<int:pk>/": Ask(planned, {"tags": world.lamp.tag}),
        "desk/pilots/baseline/<int:pk>/": Ask(planned, baseline),
        "desk/pilots/advance/<int:pk>/": Ask(planned),
        "desk/pilots/value/<int:pk>/": Ask(running, value),
        "desk/pilots/back/<int:pk>/": Ask(running, {"reason": REASON}),
        "desk/pilots/decide/<int:pk>/": Ask({"pk": world.judging.pk}, {"verdict": "improving", "reason": REASON}),
    }


def _rounds(world: World) -> dict[str, Ask]:
    return {
        "desk/rounds/inspect/<int:pk>/": Ask({"pk": world.drafted.pk}),
        "desk/rounds/<int:pk>/<slug:act>/": Ask({"pk": world.drafted.pk, "act": "announce"}),
        "desk/rounds/new/": Ask(form=_round(world)),
    }


def _round(world: World) -> dict[str, str]:
    return {
        "district": "11200",
        "title": "센서등은 몇 초 켜져 있어야 할까요",
        "slug": "walked",
        "opens_at": (world.now + WEEK).strftime("%Y-%m-%d %H:%M"),
        "closes_at": (world.now + 2 * WEEK).strftime("%Y-%m-%d %H:%M"),
        "min_picks": "1",
        "max_picks": "1",
        "seats": "1",
        "options": "15초\n30초",
    }


def _policy(world: World) -> dict[str, object]:
    tomorrow = localtime(world.now + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    return {"district": "11200", "valid_from": tomorrow} | {name: getattr(world.policy, name) for name in FIGURES}
