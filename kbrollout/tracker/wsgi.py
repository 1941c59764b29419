"""The tracker as a web application, for any server that speaks WSGI: `kbrollout.tracker.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbrollout.tracker.settings")
application = get_wsgi_application()
