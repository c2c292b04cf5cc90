"""Does a table show all its columns on a telephone? Its rows become short lists; nothing is cut at the edge."""

import pytest

pytestmark = pytest.mark.browser

CUT = "() => [...document.querySelectorAll('.table-scroll')].filter(t => t.scrollWidth > t.clientWidth).length"


@pytest.mark.parametrize("width", [375, 320])
def test_tables_of_pilots_and_rules_need_no_scrolling_sideways(live_site, chromium_process, width):
    context = chromium_process.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    for path in ("/pilots/a/", "/en/pilots/a/", "/pilots/h/", "/en/pilots/h/", "/policy/", "/en/policy/"):
        page.goto(live_site.url + path)
        for closed in page.locator(".kpi-card summary").all():
            closed.click()
        assert page.locator(".table-scroll").count() > 0
        assert page.evaluate(CUT) == 0, path
    context.close()


def test_table_in_a_narrow_card_of_a_wide_page_is_whole(live_site, chromium_process):
    context = chromium_process.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live_site.url}/en/pilots/a/")
    for closed in page.locator(".kpi-card summary").all():
        closed.click()
    assert page.evaluate(CUT) == 0
    context.close()


LEFT_EDGES = """() => new Set([...document.querySelectorAll('.powers')]
    .map(table => [...table.querySelectorAll('thead th')].map(one => one.getBoundingClientRect().left).join())).size"""
BROKEN = """() => [...document.querySelectorAll('.powers thead th')].filter(head => {
    const range = document.createRange()
    return [...head.textContent.matchAll(/[^ ]+/g)].some(word => {
        range.setStart(head.firstChild, word.index)
        range.setEnd(head.firstChild, word.index + word[0].length)
        return range.getClientRects().length > 1
    })
}).map(head => head.textContent)"""


@pytest.mark.parametrize("path", ["/policy/roles/", "/en/policy/roles/"])
def test_tables_of_powers_have_the_same_columns_and_no_head_breaks_inside_a_word(live_site, chromium_process, path):
    context = chromium_process.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(live_site.url + path)
    assert page.locator(".powers").count() > 3
    assert page.evaluate(LEFT_EDGES) == 1
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(CUT) == 0
    context.close()


@pytest.mark.parametrize("path", ["/overdue/", "/guro/"])
def test_late_row_on_a_telephone_keeps_its_words_in_one_line_clear_of_the_bar(live_site, chromium_process, path):
    context = chromium_process.new_context(viewport={"width": 375, "height": 740})
    page = context.new_page()
    page.goto(live_site.url + path)
    row = page.locator(".late-row").first
    edges = row.evaluate("""row => [...row.children].filter(cell => cell.textContent.trim()).map(cell =>
        cell.getBoundingClientRect().left + parseFloat(getComputedStyle(cell).paddingLeft))""")
    assert len(edges) > 1
    assert len(set(edges)) == 1
    assert edges[0] - row.bounding_box()["x"] > 12  # the bar is 5 px wide
    context.close()
