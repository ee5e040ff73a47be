"""jsonschema's validator, which names every error, of one mind with the compiled one that passes the good.

They differ in one thing: Python's `$` also matches before a last line break, JSON Schema's and Rust's do not.
What the compiled one refused, and this one then found nothing wrong with, would pass.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

_END: Final = re.compile(r"(?<!\\)\$$")


def _pattern(
    _validator: Any, pattern: str, instance: Any, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not re.search(_END.sub(r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Explaining: Final[type[Draft202012Validator]] = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
