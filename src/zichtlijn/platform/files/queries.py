"""What can be asked about stored files."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .models import StoredFile
from .storing import digest_on_disk, path_of


def verify_files() -> list[str]:
    """A sentence for every stored file that is missing, unreadable or no longer has its content."""
    digests = StoredFile.objects.order_by("id").values_list("id", "sha256")
    return [problem for number, digest in digests.iterator() if (problem := _problem(number, digest))]


def _problem(number: int, digest: str) -> str:
    try:
        found = digest_on_disk(path_of(digest))
    except FileNotFoundError:
        return _("file %(number)s is missing: %(digest)s") % {"number": number, "digest": digest}
    except OSError as error:
        return _("file %(number)s cannot be read: %(error)s") % {"number": number, "error": error}
    if found == digest:
        return ""
    return _("file %(number)s was changed: it should have SHA-256 %(digest)s and has %(found)s") % {
        "number": number,
        "digest": digest,
        "found": found,
    }
