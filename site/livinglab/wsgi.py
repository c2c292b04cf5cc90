"""Pages and the JSON API, for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.settings.production")
application = get_wsgi_application()
