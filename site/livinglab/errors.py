"""What does a visitor see when something broke, even when that is what pages are made of?"""

import logging
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.views import defaults

logger = logging.getLogger(__name__)

# Needs no template, no catalogue, no static file and no database.
PLAIN: Final = """<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>오류 – 구민청</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body><main>
<h1>저희 쪽에서 오류가 났습니다</h1>
<p>잠시 뒤에 다시 시도해 주십시오.</p>
<p lang="en">Something broke on our side. Wait a moment and try once more.</p>
</main></body>
</html>
"""


def server_error(request: HttpRequest) -> HttpResponse:
    """The page 500.html; where it cannot be made either, a sentence in both languages."""
    try:
        return defaults.server_error(request)
    except Exception:
        logger.exception("500.html could not be made")
        return HttpResponseServerError(PLAIN)
