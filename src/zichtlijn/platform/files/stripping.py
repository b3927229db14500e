"""Taking out of pictures what they say of their maker: place, time, device, name, and whatever hides behind them.

The picture is drawn anew from its points; nothing of the old file comes along but its colour profile.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence

from .sniffing import GIF, JPEG, PNG, WEBP, Kind

MOST_POINTS = 80_000_000
MOST_FRAMES = 200
MOST_POINTS_OF_FRAMES = 200_000_000
FORMATS = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", WEBP: "WEBP"}
QUALITY: dict[Kind, dict[str, Any]] = {
    JPEG: {"quality": 92, "optimize": True},
    WEBP: {"quality": 92},
    PNG: {"optimize": False},
    GIF: {},
}
MODES = {JPEG: ("L", "RGB", "CMYK"), WEBP: ("RGB", "RGBA")}


class BadImageError(ValidationError):
    """A picture that cannot be read, or that is too large to draw."""


def strip_image(data: bytes, kind: Kind) -> bytes:
    """The same picture without metadata, turned the way it was meant to be seen. Raises BadImageError."""
    try:
        with Image.open(io.BytesIO(data), formats=[FORMATS[kind]]) as image:
            _check_size(image)
            return _drawn_anew(image, kind)
    except BadImageError:
        raise
    except (OSError, ValueError, SyntaxError, IndexError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        raise BadImageError(_("This picture is damaged."), code="damaged") from error


def _check_size(image: Any) -> None:
    points, frames = image.width * image.height, getattr(image, "n_frames", 1)
    if points > MOST_POINTS or frames > MOST_FRAMES or points * frames > MOST_POINTS_OF_FRAMES:
        raise BadImageError(_("This picture is too large. Make it smaller first."), code="too-large")


def _drawn_anew(image: Any, kind: Kind) -> bytes:
    options: dict[str, Any] = {**QUALITY[kind]}
    if profile := image.info.get("icc_profile"):
        options["icc_profile"] = profile
    target = io.BytesIO()
    if getattr(image, "n_frames", 1) > 1 and kind in (GIF, WEBP):
        frames, durations = [], []
        for frame in ImageSequence.Iterator(image):
            frames.append(_points_of(frame, kind))
            durations.append(frame.info.get("duration", 100))  # known once the frame is drawn
        options |= {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": 0}
        frames[0].save(target, FORMATS[kind], **options)
    else:
        _points_of(image, kind).save(target, FORMATS[kind], **options)
    return target.getvalue()


def _points_of(image: Any, kind: Kind) -> Any:
    """A picture with the points of this one and nothing else."""
    turned = ImageOps.exif_transpose(image)
    if kind in MODES and turned.mode not in MODES[kind]:
        turned = turned.convert("RGBA" if kind is WEBP and "A" in turned.getbands() else "RGB")
    bare = turned.copy()
    transparency = bare.info.get("transparency") if kind in (GIF, PNG) else None
    bare.info = {} if transparency is None else {"transparency": transparency}
    return bare
