"""Does the page of lamps say in words all that its map shows, in both districts, however many lamps there are?"""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils.translation import override

from civic.clocks.now import database_now
from civic.devices.models import Clock, Device, DeviceFinding, DeviceState, Gateway
from civic.faults.device_shown import with_day
from civic.live import street as kept
from tests.civic.devices.conftest import HEADER, row
from tests.counting import cost
from tests.lamps import gateway, import_rows, switch
from tests.making import NOON, make_fault, make_lamp, make_repaired

pytestmark = pytest.mark.django_db
ONE, TWO = "11200-01-17-01", "11200-01-17-02"
DONG = "1120053500"


@pytest.fixture
def lamps():
    import_rows(row("01-17-01"), row("01-17-02"), row("01-17-03", lat="", lon=""), header=HEADER)
    Device.objects.filter(district="11200").update(dong=DONG)


def page(query="", prefix=""):
    kept.forget()
    return Client().get(f"{prefix}/live/{query}")


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_stands_where_nothing_is_known(prefix):
    answer = page(prefix=prefix)
    assert answer.status_code == 200
    assert answer.context["headline"] == "waiting"
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=", answer.content.decode())


def test_dong_with_something_amiss_comes_first_and_each_number_leads_to_its_lamps(lamps):
    by = gateway()
    switch(by, [ONE, TWO], "on")
    DeviceFinding.objects.create(device=Device.objects.get(tag=TWO), code="lampFailure", opened_at=NOON)
    answer = page(prefix="/en")
    assert answer.context["headline"] == "some"
    assert answer.context["lit"] == 1
    (first,) = answer.context["amiss"]
    assert (first.code, first.lamps, first.lit) == (DONG, 3, 1)
    assert [(tally.condition, tally.number) for tally in first.notable if tally.number] == [("fault", 1)]
    assert len(answer.context["calm"]) == 16
    there = page(first.notable[0].href.partition("/live/")[2])
    assert [shown.tag for shown in there.context["rows"]] == [TWO]


def test_lamps_of_no_known_dong_are_listed_and_are_no_dong(lamps):
    Device.objects.filter(tag=TWO).update(dong=None)
    answer = page(prefix="/en")
    assert answer.context["calm"][-1].name == "Dong not known"
    assert (len(answer.context["calm"]), answer.context["calm_dongs"]) == (18, 17)
    assert re.search(
        r"data-calm-title hidden>Dongs where nothing is amiss <[^>]*data-calm-number>17<", answer.content.decode()
    )


def test_lamp_that_waits_for_its_proof_is_told_apart_from_what_waits_to_be_mended(lamps):
    switch(gateway(), [ONE, TWO], "on")
    lamp = Device.objects.get(tag=TWO)
    make_repaired(lamp)
    DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=NOON)
    answer = page(prefix="/en")
    told = {tally.condition: tally.number for tally in answer.context["legend"] if tally.number}
    assert told == {"on": 1, "mended": 1, "unheard": 1}
    assert answer.context["faults"].lead is None
    assert "Repaired, being watched" in text_of(answer)


def test_lamps_of_a_dong_are_listed_with_and_without_a_place(lamps):
    answer = page(f"?dong={DONG}", prefix="/en")
    assert [(shown.tag, shown.on_map) for shown in answer.context["rows"]] == [
        (ONE, True),
        (TWO, True),
        ("11200-01-17-03", False),
    ]
    assert f'href="/en/devices/{ONE}/"' in answer.content.decode()
    assert "not on the map" in text_of(answer)


def test_states_are_told_in_words_and_shapes(lamps):
    switch(gateway(), [ONE], "on")
    answer = page(f"?dong={DONG}")
    cells = re.findall(
        r"data-condition=\"(\w+)\"><span class=\"badge[^>]*><svg.*?</svg>([^<]+)", answer.content.decode()
    )
    assert [how for how, _word in cells] == ["on", "unheard", "unheard"]
    assert all(word.strip() for _how, word in cells)


def test_list_of_500_lamps_pages(db):
    import_rows(*(row(f"{n // 100:02d}-{n % 100:02d}-01") for n in range(500)), header=HEADER)
    Device.objects.filter(district="11200").update(dong=DONG)
    first, last = page(f"?dong={DONG}"), page(f"?dong={DONG}&page=10")
    assert len(first.context["rows"]) == len(last.context["rows"]) == 50
    assert first.context["page"].paginator.count == 500
    seen = {shown.tag for n in range(1, 11) for shown in page(f"?dong={DONG}&page={n}").context["rows"]}
    assert len(seen) == 500
    assert f"dong={DONG}&amp;page=2" in first.content.decode()
    assert page(f"?dong={DONG}&page=999").context["page"].number == 10


def test_page_costs_the_same_for_one_lamp_and_for_thirty(db):
    costs = []
    for number in (1, 30):
        import_rows(*(row(f"01-17-{n:02d}") for n in range(number)), header=HEADER)
        Device.objects.filter(district="11200").update(dong=DONG)
        for query in ("", f"?dong={DONG}"):
            costs.append(cost(partial(page, query)))
    assert costs[:2] == costs[2:]


@pytest.mark.parametrize(
    ("query", "district", "dong", "state"),
    [
        ("?district=11530", "11530", "", ""),
        ("?district=99", "11200", "", ""),
        ("?dong=1153055000", "11530", "1153055000", ""),
        ("?district=11200&dong=%00", "11200", "", ""),
        ("?state=nonsense", "11200", "", ""),
        ("?state=fault", "11200", "", "fault"),
        ("?district=11200&dong=none", "11200", "none", ""),
    ],
)
def test_choice_is_read_from_the_address(query, district, dong, state):
    asked = page(query).context["asked"]
    assert (asked.district, asked.dong, asked.state) == (district, dong, state)


def test_page_goes_on_from_where_its_lamps_were_read(lamps):
    switch(gateway(), [ONE], "on")
    answer = page()
    found = kept.street("11200")
    assert f'content="{found.epoch}:{found.cursor}"' in answer.content.decode()


def test_live_page_is_a_page_and_unknown_addresses_below_it_are_for_programs():
    assert page().status_code == 200
    assert Client().get("/live/nothing").json()["code"] == "not_found"
    assert Client().post("/live/").status_code == 405
    assert "html" in Client().post("/live/")["Content-Type"]


def test_fault_that_darkens_most_leads_and_the_rest_are_counted():
    first, second = make_fault(), make_fault()
    first.affected.add(make_lamp(), make_lamp())
    answer = page(prefix="/en")
    told = answer.context["faults"]
    assert (told.lead.code, told.lead.dark, told.others) == (first.code, 2, 1)
    assert {step.code for step in told.just_now} == {first.code, second.code}
    assert f'href="/en/faults/{first.code}/"' in answer.content.decode()


def test_what_was_just_done_is_told_by_the_clock_of_each_lamp_with_its_day():
    at = database_now()
    played = Gateway.objects.create(district_id="11200", clock=Clock.SIMULATED, clock_at=at - timedelta(hours=12))
    lamp = make_lamp()
    DeviceState.objects.filter(device=lamp).update(via=played)
    evening = make_fault(lamp, at=at)  # now, and twelve hours ago by its lamp
    for hours in range(8, 1, -1):
        morning = make_fault(at=at - timedelta(hours=hours))
    told = page(prefix="/en").context["faults"].just_now
    assert [step.code for step in told[:2]] == [evening.code, morning.code]
    assert len(told) == 6
    with override("en"):
        assert told[0].when == with_day(evening.opened_at, at)
        assert told[1].when == with_day(morning.opened_at, at)


def test_fault_of_another_place_is_not_told():
    make_fault()
    assert page("?district=11530").context["faults"].lead is None
    assert page("?dong=1120054000").context["faults"].others == 0


def test_faults_cost_the_same_for_one_and_for_thirty():
    costs = []
    for number in (1, 29):
        for _n in range(number):
            make_fault()
        costs.append(cost(page))
    assert costs[0] == costs[1]
