"""Pictures of QR codes."""

import io

import segno


def qr_picture(target: str, *, scale: int = 6) -> bytes:
    """A PNG, with the quiet zone that a reader needs."""
    image = io.BytesIO()
    segno.make(target, error="m", micro=False).save(image, kind="png", scale=scale)
    return image.getvalue()
