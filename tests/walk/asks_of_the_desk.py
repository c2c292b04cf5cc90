"""How are the desk's own pages asked?"""

from datetime import timedelta

from django.utils.timezone import localtime

from civic.people.roles import department_scope
from civic.policies.rules import FIGURES
from civic.voting.models import Round
from tests.making import DOSEON
from tests.pilots import REASON
from tests.voting import WEEK
from tests.walk.ask import Ask
from tests.walk.asks_of_pages import ANSWER, acts_on_faults
from tests.walk.world import World

WORDS = {
    "name_ko": "가로수팀",
    "name_en": "Street Tree Team",
    "phone": "02-0000-0131",
    "work_ko": "가로수를 돌봅니다.",
    "work_en": "Tends street trees.",
}
MARCH = {"district": "11200", "year": 2026, "month": 3}
RETENTION = {"days": "20", "basis_ko": "내부 관리계획", "basis_en": "Our own plan"}
HANDED_ON = {"department": "11200.life.env.green", "reason": "공원 안의 일입니다."}
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
        "desk/proposals/transfer/<int:pk>/": Ask({"pk": world.reviewed.pk}, HANDED_ON),
        "desk/faults/<str:code>/": Ask(fault),
        "desk/faults/<str:code>/<str:act>/": Ask(fault | {"act": "take"}),
        "desk/keys/<int:pk>/revoke/": Ask({"pk": world.device_key.pk}),
        "desk/policies/inspect/<int:pk>/": Ask({"pk": world.policy.pk}),
        "desk/policies/new/": Ask(form=_policy(world)),
        "desk/set-aside/inspect/<int:pk>/": Ask(set_aside),
        "desk/set-aside/retry/<int:pk>/": Ask(set_aside),
        "desk/set-aside/dismiss/<int:pk>/": Ask(set_aside),
        **_pilots(world),
        **_rounds(world),
        **_residents(world),
        **_house(world),
    }


def more(world: World) -> dict[str, list[Ask]]:
    """The other acts of the routes that take one."""
    faults = acts_on_faults(world).items()
    return {
        "desk/faults/<str:code>/<str:act>/": [Ask({"code": one.code, "act": act}, form) for act, (one, form) in faults],
        "desk/rounds/<int:pk>/<slug:act>/": [
            Ask({"pk": round.pk, "act": act}) for act, round in acts_on_rounds(world).items()
        ],
    }


def acts_on_rounds(world: World) -> dict[str, Round]:
    """Each act with a vote that is ready for it."""
    return {
        "announce": world.drafted,
        "open": world.announced,
        "close": world.over,
        "count": world.ended,
        "publish": world.counted,
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


def _residents(world: World) -> dict[str, Ask]:
    """The counter: who is checked, and to whom letters go."""
    card = {"name": "홍계산", "born": "1971-02-13", "namesake": "1", "district": "11200"}
    back = {"nickname": world.checked.nickname, "reason": "다른 사람의 계정이었습니다."}
    return {
        "desk/checks/": Ask(form={"nickname": world.unchecked.nickname, **card}),
        "desk/checks/letters/": Ask(form={"dong": DOSEON, "people": "홍길동 1990-01-02"}),
        "desk/checks/take-back/": Ask(form=back),
    }


def _house(world: World) -> dict[str, Ask]:
    """Roles, departments, and what becomes of personal data."""
    email = world.unchecked.email
    team, reason = {"code": "11200.life.env.green"}, "새로 맡았습니다."
    return {
        "desk/looks/<str:district>/<int:year>-<int:month>/": Ask(MARCH, {"remark": "모두 담당 업무에 속했습니다."}),
        "desk/looks/sheets/<int:sheet>/": Ask({"sheet": world.sheet.pk}, {"reason": "아무도 살지 않는 곳입니다."}),
        "desk/retention/<slug:code>/": Ask({"code": "mails"}, RETENTION),
        "desk/roles/grant/": Ask(
            form={"email": email, "role": "panel", "scope": "district:11200", "office": "환경분과", "reason": reason}
        ),
        "desk/roles/<int:pk>/revoke/": Ask({"pk": world.grant.pk}, {"reason": "임기가 끝났습니다."}),
        "desk/departments/new/": Ask(
            form=WORDS | {"parent": department_scope("11200.life.env"), "level": "team", "slug": "trees"}
        ),
        "desk/departments/<str:code>/": Ask(team, WORDS),
        "desk/departments/<str:code>/categories/": Ask(team, {"what": "proposal:digital"}),
        "desk/departments/<str:code>/close/": Ask({"code": world.emptied.code}),
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
