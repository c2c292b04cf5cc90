"""The site's addresses and the two views that the bench measures the rest against. Never in production."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from livinglab.urls import urlpatterns as of_the_site

TABLE = "bench_row"


def trivial(request: HttpRequest) -> HttpResponse:
    """What the framework costs before anything is done."""
    return HttpResponse("ok")


@csrf_exempt
def one_insert(request: HttpRequest) -> HttpResponse:
    """What one written row costs, with nothing around it."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (word) VALUES (%s)", ["ok"])  # noqa: S608 - a constant
    return HttpResponse("ok")


urlpatterns = [path("bench/trivial/", trivial), path("bench/one-insert/", one_insert), *of_the_site]
