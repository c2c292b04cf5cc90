"""How are the addresses for programs asked?"""

from civic.feed.numbering import head
from tests.making import DOSEON
from tests.walk.ask import Ask
from tests.walk.asks_of_pages import ANSWER, PROPOSAL, SAID
from tests.walk.world import World


def asks(world: World) -> dict[str, Ask]:
    code, fault, slug = world.proposal.code, world.fault.code, world.voting.slug
    cursor = f"?epoch={head().epoch}&after=0"
    return {
        "^(?:(?:api|ws|ingest)(?:/.*)?|live/.+)$": Ask(at="/api/nowhere"),
        "api/v1/proposals": Ask(form=PROPOSAL | {"tags": ["보안등"], "dong": DOSEON}),
        "api/v1/proposals/<code>": Ask({"code": code}),
        "api/v1/proposals/<code>/support": Ask({"code": code}),
        "api/v1/proposals/<code>/withdraw-support": Ask({"code": world.supported.code}),
        "api/v1/proposals/<code>/answer": Ask({"code": world.reviewed.code}, ANSWER),
        "api/v1/proposals/<code>/posts": Ask({"code": code}, SAID),
        "api/v1/pilots/<slug>/kpis": Ask({"slug": world.running.slug}),
        "api/v1/rounds/<slug>": Ask({"slug": slug}),
        "api/v1/rounds/<slug>/ballot": Ask({"slug": slug}, {"choices": [world.voting.options.all()[0].pk]}),
        "api/v1/devices/<tag>": Ask({"tag": world.lamp.tag}),
        "api/v1/faults": Ask(form={"device": world.lamp.tag, "category": "flickering"}),
        "api/v1/faults/<code>": Ask({"code": fault}),
        "api/v1/faults/<code>/me-too": Ask({"code": fault}),
        "api/v1/faults/<code>/not-mended": Ask({"code": world.repaired.code}),
        "api/v1/faults/<code>/take": Ask({"code": fault}, {"note": ""}),
        "api/v1/faults/<code>/repair": Ask({"code": world.taken.code}, {"result": "램프를 갈았습니다."}),
        "live/entries": Ask(at=f"/live/entries{cursor}"),
        "live/sse": Ask(at=f"/live/sse{cursor}"),
        "live/snapshot": Ask(at="/live/snapshot?district=11200"),
        "live/clusters": Ask(at="/live/clusters?district=11200&bbox=127.02,37.56,127.03,37.57&zoom=16"),
        "live/boundaries": Ask(at="/live/boundaries?district=11200"),
        "live/picture": Ask(at="/live/picture?district=11200"),
    }
