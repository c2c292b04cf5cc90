"""Whose line is a socket, also when the key of the site has changed?"""

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import override_settings

from tests.making import make_person
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(60)]


async def test_a_line_of_a_session_by_an_earlier_key_is_its_owners_and_ends_no_session(socket, publish, now_at):
    resident = await sync_to_async(make_person)()
    client = await sync_to_async(signed_in)(resident)
    cookie = (b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode())
    epoch, before = await now_at()
    await publish("thing:1", audience="self", recipient=str(resident.pk))
    with override_settings(SECRET_KEY="k" * 50, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        line = await socket(cookie)
        await line.resume(epoch, before)
        assert [item["key"] for item in await line.items(1)] == ["thing:1"]
    with override_settings(SECRET_KEY="k" * 50, SECRET_KEY_FALLBACKS=[]):
        line = await socket(cookie)
        await line.resume(epoch, before)
    assert await sync_to_async(Session.objects.count)() == 1
