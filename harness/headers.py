"""What the headers of an answer say of its file."""

from email.message import Message
from urllib.parse import unquote

from clients import Exchange


def content_type(exchange: Exchange) -> str:
    """The media type alone, without its parameters."""
    return _header(exchange, "content-type").partition(";")[0].strip()


def file_name(exchange: Exchange) -> str:
    """Plain, quoted or by RFC 5987; a plain one may be URL-encoded, as many servers write it."""
    parsed = Message()
    parsed["Content-Disposition"] = _header(exchange, "content-disposition")
    return unquote(parsed.get_filename(""))


def _header(exchange: Exchange, wanted: str) -> str:
    return {name.lower(): value for name, value in exchange.response_headers.items()}.get(wanted, "")
