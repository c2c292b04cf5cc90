"""Does the page say of every role and verb what the table says?"""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from civic.overview.powers import COLUMNS, LEVEL_OF, covers
from civic.people.levels import CHECKED, CONFIRMED, NAMES, PROVEN
from civic.people.powers import POWERS, Guest
from civic.people.roles import Admin, Official, Panel, Resident
from civic.policies.models import ParticipationPolicy
from tests.counting import cost

pytestmark = pytest.mark.django_db
_ROW = re.compile(
    r'<th scope="row">([^<]*?) ?(?:<span class="meta">([^<]*)</span>)?'
    r'(?:<span class="badge[^>]*>.*?</span>)?</th>(.*?)</tr>',
    re.S,
)


def page(path: str = "/en/policy/roles/") -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_marks_each_role_of_each_verb_as_the_table_does():
    cells = {words: cells for words, _level, cells in _ROW.findall(page())}
    rows = {words: re.findall(r"<td [^>]*>.*?(may not|may)</span>", found, re.S) for words, found in cells.items()}
    with override("en"):
        said = {
            str(power.words).replace("'", "&#x27;"): ["may" if covers(power, role) else "may not" for role in COLUMNS]
            for power in POWERS.values()
        }
    assert rows == said


def test_what_everybody_may_is_said_in_one_badge_too():
    said = re.findall(r'<tr class="all-may">\s*<th scope="row">([^<]*?) ?<.*?</svg>([^<]*)</span></th>', page(), re.S)
    with override("en"):
        guests = {str(power.words) for power in POWERS.values() if Guest in power.roles}
        people = {str(power.words) for power in POWERS.values() if Resident in power.roles} - guests
    assert {words.replace("&#x27;", "'") for words, badge in said if badge == "everybody"} == guests
    assert {words.replace("&#x27;", "'") for words, badge in said if badge == "everybody with an account"} == people


def test_what_everybody_may_everybody_may_in_a_role_too():
    assert [covers(POWERS["read"], role) for role in (Guest, Resident, Panel)] == [True, True, True]
    assert [covers(POWERS["vote"], role) for role in (Guest, Resident, Official)] == [False, True, True]
    assert [covers(POWERS["run_votes"], role) for role in (Resident, Official, Admin)] == [False, True, True]


def test_page_says_beside_a_verb_which_level_it_takes_of_the_policies_in_force():
    ParticipationPolicy.objects.filter(district="11200").update(propose_level=PROVEN)
    ParticipationPolicy.objects.filter(district="11530").update(propose_level=CONFIRMED)
    told = {words: level for words, level, _cells in _ROW.findall(page()) if level}
    with override("en"):
        checked, proven, confirmed = (str(NAMES[level]) for level in (CHECKED, PROVEN, CONFIRMED))
        verbs = {verb: str(POWERS[verb].words) for verb in LEVEL_OF}
    assert told[verbs["vote"]] == f"Takes: {checked}"
    assert told[verbs["propose"]] == f"Takes: {confirmed} / {proven}"
    assert set(told) == set(verbs.values())


def test_page_says_what_stands_beside_a_name_in_both_languages():
    assert "department and office telephone" in page()
    assert "담당 공무원" in page("/policy/roles/")


def test_page_says_role_by_role_what_the_table_says_and_nothing_by_hand():
    """Each role with the verbs that are its own, and the second factor where the desk opens to it."""
    told = re.findall(r"<div><dt>([^<]*)</dt><dd>(.*?)</dd></div>", page().split('id="by-role"')[1], re.S)
    with override("en"):
        said = {
            str(role.name): [str(power.words) for power in POWERS.values() if role in power.roles] for role in COLUMNS
        }
        at_desk = {str(role.name) for role in POWERS["enter_desk"].roles}
    found = {unescape(name): [unescape(one) for one in re.findall(r"<li>(.*?)</li>", rest)] for name, rest in told}
    assert found == said
    assert {unescape(name) for name, rest in told if "second factor" in rest} == at_desk
    paragraphs = {text for _name, rest in told for text in re.findall(r"<p[^>]*>(.*?)</p>", rest)}
    assert len(paragraphs) <= 4  # of no verb; two of what stands beside a name; of the second factor


def test_rules_of_participation_lead_to_the_table():
    assert 'href="/en/policy/roles/"' in page("/en/policy/")


def test_page_asks_the_database_for_no_more_than_its_frame():
    assert cost(page) <= cost(lambda: page("/en/policy/"))
