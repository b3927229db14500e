"""The WSGI application that a server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zichtlijn.project.settings")
application = get_wsgi_application()
# What was made until here lasts as long as the process. To look through all of it for garbage now and then would take
# a tenth of a second of somebody's request.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
