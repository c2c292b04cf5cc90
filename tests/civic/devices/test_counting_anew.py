"""Does PostgreSQL know how many lamps there are while the list is still being taken over?"""

import pytest
from django.db import connection

from civic.devices.counting_anew import count_anew
from civic.devices.models import Device
from tests.making import make_lamp

pytestmark = pytest.mark.django_db


@pytest.mark.postgresql
def test_count_anew_inside_the_loading_transaction_tells_the_planner():
    for _ in range(3):
        make_lamp()
    count_anew(Device)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Device._meta.db_table])
        assert cursor.fetchone() == (Device.objects.count(),)
