"""``zichtlijn seal``: close all open events in a Merkle tree and print the root, to be noted elsewhere."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zichtlijn.platform.readiness import DatabaseCommand

from ...models import Seal
from ...sealing import FIRST_ROOT, seal_events


class Command(DatabaseCommand):
    """Prints how many events were sealed and the newest root."""

    help = "Seal all events that are not sealed yet and print the root of the newest seal."

    def handle(self, *args: Any, **options: Any) -> None:
        sealed = sum(seal.size for seal in seal_events(from_the_first=True))
        newest = Seal.objects.order_by("-id").first()
        self.stdout.write(_("%(count)d events sealed") % {"count": sealed})
        self.stdout.write(newest.root if newest else FIRST_ROOT)
