"""WSGI entry: `waitress-serve config.wsgi:application` with `site/` on the path, or `manage.py serve`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
