"""The kinds of findings, and how they are rated for those who read the platform's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

WITNESSES: Final = 5


class Rating(StrEnum):
    BREAKING = "breaking"
    SLOWER = "slower"
    ADDITIVE = "additive"
    FASTER = "faster"


class Kind(StrEnum):
    """What changed; the value is its name in every report."""

    CALL_GONE = "call gone"
    NEWLY_REFUSED = "newly refused"
    ACCESS_OPENED = "access opened"
    STATUS = "HTTP status"
    REFUSAL_CODE = "refusal code"
    FIELD_GONE = "field gone"
    FIELD_OPTIONAL = "field not always there"
    TYPE = "type"
    FORMAT = "format"
    FEWER_PLACES = "fewer decimal places"
    NULLABLE = "nullable"
    VALUE_ADDED = "value added"
    VALUE_GONE = "value gone"
    ORDER = "order of a list"
    SLOWER = "slower"
    CALL_ADDED = "call added"
    NEWLY_ACCEPTED = "newly accepted"
    FIELD_ADDED = "field added"
    FIELD_ALWAYS = "field always there"
    NEVER_NULL = "never null"
    MORE_PLACES = "more decimal places"
    FASTER = "faster"


RATINGS: Final[Mapping[Kind, tuple[Rating, str, str]]] = {
    Kind.CALL_GONE: (Rating.BREAKING, "who calls it gets no answer any more", "调用它的一方再也得不到答复"),
    Kind.NEWLY_REFUSED: (
        Rating.BREAKING,
        "what was accepted is refused: who sends it fails",
        "以前被接受的请求现在被拒绝，照旧发送的一方会失败",
    ),
    Kind.ACCESS_OPENED: (
        Rating.BREAKING,
        "what needed a sign-in or a privilege is answered without: a protection is gone",
        "以前需要登录或权限的请求现在直接得到答复，保护失效",
    ),
    Kind.STATUS: (
        Rating.BREAKING,
        "clients branch on the HTTP status before they read the body",
        "调用方先按 HTTP 状态分支，再读答复",
    ),
    Kind.REFUSAL_CODE: (
        Rating.BREAKING,
        "clients tell refusals apart by their code: another one is not understood",
        "调用方按错误码区分拒绝原因，换了就认不出",
    ),
    Kind.FIELD_GONE: (Rating.BREAKING, "who reads the field finds nothing", "读取该字段的一方取不到值"),
    Kind.FIELD_OPTIONAL: (
        Rating.BREAKING,
        "a field that was always there is left out at times: who relies on it fails",
        "以前总有的字段有时缺失，依赖它的一方会失败",
    ),
    Kind.TYPE: (
        Rating.BREAKING,
        "another JSON type: a typed reader cannot parse it",
        "JSON 类型变了，按类型解析的一方无法读取",
    ),
    Kind.FORMAT: (
        Rating.BREAKING,
        "the same type written in another way: it is read, and read wrongly",
        "类型相同但写法不同，能读出却会读错",
    ),
    Kind.FEWER_PLACES: (
        Rating.BREAKING,
        "fewer places than there always were: a reader of a fixed form fails, and digits may be lost",
        "小数位比以前一直有的少，按固定写法读取的一方会失败，也可能丢精度",
    ),
    Kind.NULLABLE: (
        Rating.BREAKING,
        "null where there was always a value: who does not expect it fails",
        "以前总有值，现在可能为 null，没有防备的一方会失败",
    ),
    Kind.VALUE_ADDED: (
        Rating.BREAKING,
        "a reader who knows the values so far has never met it, and has no branch for it",
        "只认得原有取值的一方没见过它，也没有处理它的分支",
    ),
    Kind.VALUE_GONE: (
        Rating.BREAKING,
        "the same situations say something else: who looks for this value never finds it",
        "同样的情形现在答别的取值，按该值判断的一方再也等不到",
    ),
    Kind.ORDER: (
        Rating.BREAKING,
        "who shows the list as it comes, or takes its first, gets something else",
        "按原样展示列表或取第一项的一方会得到别的内容",
    ),
    Kind.SLOWER: (Rating.SLOWER, "beyond the noise of both runs", "超出两次运行的波动"),
    Kind.CALL_ADDED: (Rating.ADDITIVE, "nobody relied on it yet", "此前没有人能依赖它"),
    Kind.NEWLY_ACCEPTED: (
        Rating.ADDITIVE,
        "what was refused is accepted: no caller that worked fails; whether the rule was meant to go is "
        "for a person to say",
        "以前被拒绝的请求现在被接受，原来成功的调用不受影响；规则是否有意放宽请人工确认",
    ),
    Kind.FIELD_ADDED: (
        Rating.ADDITIVE,
        "readers pass over a field that they do not know",
        "读取方会忽略不认识的字段",
    ),
    Kind.FIELD_ALWAYS: (
        Rating.ADDITIVE,
        "who could do without it can do with it",
        "能接受缺失的一方也能接受存在",
    ),
    Kind.NEVER_NULL: (
        Rating.ADDITIVE,
        "who was ready for null is ready for a value",
        "能接受 null 的一方也能接受有值",
    ),
    Kind.MORE_PLACES: (
        Rating.ADDITIVE,
        "the same number, told more exactly: who reads a decimal reads it",
        "数值不变，写得更细，按小数读取的一方不受影响",
    ),
    Kind.FASTER: (Rating.FASTER, "beyond the noise of both runs", "超出两次运行的波动"),
}
CHINESE: Final[Mapping[Kind, str]] = {
    Kind.CALL_GONE: "接口消失",
    Kind.NEWLY_REFUSED: "新被拒绝",
    Kind.ACCESS_OPENED: "权限失守",
    Kind.STATUS: "HTTP 状态变化",
    Kind.REFUSAL_CODE: "错误码变化",
    Kind.FIELD_GONE: "字段消失",
    Kind.FIELD_OPTIONAL: "字段有时缺失",
    Kind.TYPE: "类型变化",
    Kind.FORMAT: "格式变化",
    Kind.FEWER_PLACES: "小数位减少",
    Kind.NULLABLE: "可能为 null",
    Kind.VALUE_ADDED: "新增取值",
    Kind.VALUE_GONE: "取值消失",
    Kind.ORDER: "列表次序变化",
    Kind.SLOWER: "变慢",
    Kind.CALL_ADDED: "新增接口",
    Kind.NEWLY_ACCEPTED: "新被接受",
    Kind.FIELD_ADDED: "新增字段",
    Kind.FIELD_ALWAYS: "字段不再缺失",
    Kind.NEVER_NULL: "不再为 null",
    Kind.MORE_PLACES: "小数位增多",
    Kind.FASTER: "变快",
}


@dataclass(frozen=True)
class Witness:
    """A test that saw something: its case (or, without one, its node id) and its rule."""

    case: str
    rule: str | None = None


@dataclass
class Sighting:
    """How often something was seen, by whom first; what comes in order of tests is added up as it comes."""

    values: int = 0
    exchanges: int = 0
    tests: int = 0
    witnesses: list[Witness] = field(default_factory=list)
    example: str = ""
    _exchange: int = -1
    _test: int = -1

    def add(self, exchange: int, test: int, witness: Witness) -> None:
        self.values += 1
        if exchange != self._exchange:
            self._exchange = exchange
            self.exchanges += 1
            if test != self._test:
                self._test = test
                self.tests += 1
                if len(self.witnesses) < WITNESSES and witness not in self.witnesses:
                    self.witnesses.append(witness)

    def merge(self, other: "Sighting") -> None:
        """Add what was seen elsewhere; a test that saw both counts once for each."""
        self.values += other.values
        self.exchanges += other.exchanges
        self.tests += other.tests
        new = [one for one in other.witnesses if one not in self.witnesses]
        self.witnesses = [*self.witnesses, *new][:WITNESSES]
        self.example = self.example or other.example

    def copied(self) -> "Sighting":
        return Sighting(
            self.values, self.exchanges, self.tests, list(self.witnesses), "", self._exchange, self._test
        )


def merged(sightings: Iterable[Sighting]) -> Sighting:
    together = Sighting()
    for one in sightings:
        together.merge(one)
    return together


@dataclass(frozen=True)
class Finding:
    """One change. `path` is where in the answer (`data[].status`), None where it is of the whole call."""

    kind: Kind
    call: str
    path: str | None
    old: str
    new: str
    exchanges: int
    tests: int
    witnesses: tuple[Witness, ...] = ()

    @property
    def rating(self) -> Rating:
        return RATINGS[self.kind][0]

    @property
    def reason(self) -> str:
        return RATINGS[self.kind][1]

    @property
    def cases(self) -> list[str]:
        return [witness.case for witness in self.witnesses]

    @property
    def rules(self) -> list[str]:
        return sorted({witness.rule for witness in self.witnesses if witness.rule})


def seen(kind: Kind, call: str, path: str | None, old: str, new: str, sighting: Sighting) -> Finding:
    """A finding that this sighting shows."""
    return Finding(
        kind, call, path, old, new, sighting.exchanges, sighting.tests, tuple(sighting.witnesses[:WITNESSES])
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The worst first, then by kind, call and path."""
    ratings, kinds = list(Rating), list(Kind)
    return tuple(
        sorted(
            findings,
            key=lambda one: (
                ratings.index(one.rating),
                kinds.index(one.kind),
                one.call,
                one.path or "",
                one.new,
            ),
        )
    )
