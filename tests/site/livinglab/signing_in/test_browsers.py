"""Is a browser named so that its owner knows it?"""

import pytest

from livinglab.signing_in.browsers import described


@pytest.mark.parametrize(
    ("says", "named"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/138.0 Whale/4.33 Safari/537.36", "Whale · Windows"),
        ("Mozilla/5.0 (Linux; Android 16; SM-S936N) SamsungBrowser/29.0 Chrome/136.0", "Samsung Internet · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15", "Safari · Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Mobile KAKAOTALK 11.0", "KakaoTalk · iPhone"),
    ],
)
def test_browser_is_named_with_its_system(says, named):
    assert described(says) == named


@pytest.mark.parametrize("says", ["", "curl/8.5", "<script>alert(1)</script>"])
def test_unknown_browser_is_called_so(says):
    assert described(says) in {"Unknown browser", "알 수 없는 브라우저"}
