"""Pictures of QR codes."""

import io

import segno


def qr_picture(target: str) -> bytes:
    """A PNG."""
    image = io.BytesIO()
    segno.make(target, error="m", micro=False).save(image, kind="png", scale=6)
    return image.getvalue()
