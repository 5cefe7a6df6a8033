"""A function becomes a tool's schema, and the model's words become its arguments."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from enum import Enum
from functools import partial
from typing import Annotated, Any, Literal, NewType

import pytest

from glmkit.errors import BadArgument, BadTool, GlmWarning
from glmkit.protocol.tools.tool import Tool, as_tool, as_tools, call_arguments

City = NewType("City", str)


class Sky(Enum):
    CLEAR = "clear"
    CLOUDY = "cloudy"


class Marker(Enum):
    A = ()
    B = (1,)


def weather(
    city: Annotated[City, "the city's name, e.g. 北京"],
    days: int = 1,
    unit: Literal["c", "f"] = "c",
    sky: Sky | None = None,
) -> dict[str, Any]:
    """Looks up the weather
    of a city.

    Slow on Mondays.

    Args:
        city: not used, because the hint describes it.
        days: how many days
            from today.
    """
    return {"city": city, "days": days, "unit": unit, "sky": sky}


def everything(
    text: str,
    number: float,
    whole: int,
    yes: bool,
    day: date,
    moment: datetime,
    clock: time,
    words: list[str],
    pairs: tuple[int, ...],
    extra: dict[str, float],
    free: dict,  # type: ignore[type-arg]
    maybe: int | None,
    mark: Marker = Marker.A,
    either: int | float = 1,
) -> None:
    """Takes everything."""


def test_schema_of_a_function() -> None:
    """Name, first paragraph, types, descriptions, defaults, and what is required."""
    assert as_tool(weather).schema() == {
        "type": "function",
        "name": "weather",
        "description": "Looks up the weather of a city.",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string", "description": "the city's name, e.g. 北京"},
                "days": {
                    "type": "integer",
                    "description": "how many days from today.",
                    "default": 1,
                },
                "unit": {"type": "string", "enum": ["c", "f"], "default": "c"},
                "sky": {"type": "string", "enum": ["clear", "cloudy"]},
            },
            "required": ["city"],
        },
    }


def test_schema_of_every_type() -> None:
    """Each type that can be told to the model is told in JSON schema's words."""
    properties = as_tool(everything).schema()["parameters"]["properties"]
    assert properties == {
        "text": {"type": "string"},
        "number": {"type": "number"},
        "whole": {"type": "integer"},
        "yes": {"type": "boolean"},
        "day": {"type": "string", "format": "date"},
        "moment": {"type": "string", "format": "date-time"},
        "clock": {"type": "string", "format": "time"},
        "words": {"type": "array", "items": {"type": "string"}},
        "pairs": {"type": "array", "items": {"type": "integer"}},
        "extra": {"type": "object", "additionalProperties": {"type": "number"}},
        "free": {"type": "object"},
        "maybe": {"type": "integer"},
        "mark": {"type": "string", "enum": ["A", "B"]},
        "either": {"type": "number", "default": 1},
    }
    json.dumps(properties)


def test_nothing_empty_is_declared() -> None:
    """A function without parameters has none in its schema, one without required ones no list."""

    def tick() -> None:
        """Ticks."""

    def tock(times: int = 2) -> None:
        """Tocks."""

    assert as_tool(tick).schema() == {"type": "function", "name": "tick", "description": "Ticks."}
    assert "required" not in as_tool(tock).schema()["parameters"]


def test_docstring_styles() -> None:
    """Google's, numpy's and :param: descriptions are all read."""

    def google(a: int) -> None:
        """Does it.

        Args:
            a (int): the number.
        """

    def numpy(a: int) -> None:
        """Does it.

        Parameters
        ----------
        a : int
            the number.
        """

    def sphinx(a: int) -> None:
        """Does it.

        :param a: the number.
        """

    for function in (google, numpy, sphinx):
        tool = as_tool(function)
        assert tool.description == "Does it."
        properties = tool.schema()["parameters"]["properties"]
        assert properties["a"] == {"type": "integer", "description": "the number."}


def test_chinese_docstring() -> None:
    """A Chinese sentence is a description like any other."""

    def phone(name: str) -> None:
        """给联系人打电话。

        :param name: 联系人的姓名
        """

    tool = as_tool(phone)
    assert tool.description == "给联系人打电话。"
    assert tool.schema()["parameters"]["properties"]["name"]["description"] == "联系人的姓名"


def test_missing_docstring_warns() -> None:
    """Without a description the name has to do, and that is said."""

    def get_time() -> None: ...

    with pytest.warns(GlmWarning, match="no docstring"):
        assert as_tool(get_time).description == "get time"
    assert as_tool(get_time, description="Tells the time.").description == "Tells the time."


def test_methods_partials_coroutines_and_objects() -> None:
    """Whatever can be called by name can be a tool."""

    class Phone:
        def call(self, name: str) -> str:
            """Calls somebody."""
            return name

        def __call__(self, number: int) -> int:
            return number

    async def wait(seconds: float) -> None:
        """Waits."""

    assert as_tool(Phone().call).schema()["parameters"]["required"] == ["name"]
    assert as_tool(partial(weather, "北京", days=3)).name == "weather"
    assert as_tool(wait).schema()["parameters"]["properties"] == {"seconds": {"type": "number"}}
    assert as_tool(Phone(), name="dial", description="Dials.").parameters is not None


def no_hint(a) -> None:  # type: ignore[no-untyped-def]
    """No hint."""


def bad_hint(a: complex) -> None:
    """A type JSON doesn't have."""


def bare_list(a: list) -> None:  # type: ignore[type-arg]
    """A list of who knows what."""


def two_types(a: int | str) -> None:
    """Two types."""


def stars(*a: int) -> None:
    """Stars."""


def double_stars(**a: int) -> None:
    """Double stars."""


def by_place(a: int, /) -> None:
    """By place only."""


def unknown(a: Nowhere) -> None:  # type: ignore[name-defined]  # noqa: F821
    """A type that is nowhere."""


def 天气() -> None:  # noqa: N802
    """A name the service doesn't take."""


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda: 1, "lambda has no name"),
        (no_hint, "write for example a: str"),
        (bad_hint, "type of a, complex"),
        (bare_list, "type of a, list"),
        (two_types, "type of a, int | str"),
        (stars, "parameter a cannot be given by name"),
        (double_stars, "cannot be given by name"),
        (by_place, "cannot be given by name"),
        (unknown, "'Nowhere' is not defined"),
        (天气, "tool name '天气' is not usable"),
        (Sky, "found: EnumType"),
        (7, "found: int"),
        (dict.fromkeys, "fromkeys"),
    ],
)
def test_function_that_cannot_be_a_tool(function: Callable[..., Any], said: str) -> None:
    """What the model could not call is refused, with how to write it."""
    with pytest.raises(BadTool) as caught:
        as_tool(function)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["", "a b", "a" * 65, "a.b", "é"])
def test_name_is_checked(name: str) -> None:
    """A name is 1 to 64 plain letters, digits, _ and -."""
    with pytest.raises(BadTool, match="is not usable"):
        Tool(weather, name, "Weather.")


@pytest.mark.parametrize("deadline", [0, -1, float("inf"), float("nan"), "5"])
def test_deadline_is_checked(deadline: Any) -> None:
    """A deadline is a number of seconds above 0."""
    with pytest.raises(BadTool, match="deadline"):
        as_tool(weather, deadline=deadline)


def test_tool_is_adjusted_by_a_copy() -> None:
    """A Tool passes through; name, deadline and description can be changed on the way."""
    tool = as_tool(weather)
    assert as_tool(tool) is not None
    assert as_tool(tool) == tool
    slow = as_tool(tool, deadline=60, name="forecast")
    assert (slow.deadline, slow.name, slow.function) == (60, "forecast", weather)
    assert (tool.deadline, tool.name) == (15, "weather")
    assert call_arguments(slow, '{"city": "上海"}')["city"] == "上海"


def test_names_are_unique() -> None:
    """Two tools of one name are refused."""
    assert [tool.name for tool in as_tools([weather, everything])] == ["weather", "everything"]
    with pytest.raises(BadTool, match="two tools are called 'weather'"):
        as_tools([weather, as_tool(everything, name="weather")])


SCHEMA: dict[str, Any] = {
    "name": "phone",
    "description": "Calls somebody.",
    "parameters": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "times": {"type": "integer"},
            "loud": {"enum": [True, False]},
            "numbers": {"type": "array", "items": {"type": "number"}},
            "rest": {"type": "object", "properties": {}, "required": []},
        },
        "required": [],
    },
}


def test_schema_of_ones_own() -> None:
    """A schema is taken as it is, but for what is empty; the chat API's nesting is undone."""
    flat = as_tool({"type": "function", **SCHEMA}).schema()
    assert flat["parameters"]["$schema"]
    assert "required" not in flat["parameters"]
    assert flat["parameters"]["properties"]["rest"] == {"type": "object"}
    assert as_tool({"type": "function", "function": SCHEMA}).schema() == flat
    empty = {"type": "object", "properties": {}, "required": []}
    assert "parameters" not in as_tool({**SCHEMA, "parameters": empty}).schema()


def test_schema_is_a_copy() -> None:
    """Changing what schema() gave doesn't change the tool."""
    tool = as_tool(SCHEMA)
    tool.schema()["parameters"]["properties"].clear()
    assert tool.schema()["parameters"]["properties"]


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"description": "x"}, "name None"),
        ({**SCHEMA, "type": "retrieval"}, "type 'retrieval'"),
        ({**SCHEMA, "parameters": []}, "schema of an object"),
        ({**SCHEMA, "parameters": {"type": "string"}}, "schema of an object"),
        ({**SCHEMA, "parameters": {"properties": ["name"]}}, "schema of an object"),
        ({**SCHEMA, "parameters": {"required": ["name"]}}, "required names 'name'"),
        ({**SCHEMA, "parameters": {"properties": {"a": {1}}}}, "cannot be written as JSON"),
    ],
)
def test_schema_that_cannot_be_a_tool(schema: dict[str, Any], said: str) -> None:
    """A schema the service would fail over is refused."""
    with pytest.raises(BadTool, match=said):
        as_tool(schema)


def test_schema_needs_a_description() -> None:
    """A schema without a description warns as a function does."""
    with pytest.warns(GlmWarning, match="no description"):
        as_tool({"name": "tick"})


def test_schema_with_a_function() -> None:
    """A schema's calls run the given function; without one the model is told."""
    assert as_tool(SCHEMA, function=weather).function is weather
    with pytest.raises(BadArgument, match="nothing here to run"):
        as_tool(SCHEMA).function(name="x")


def test_arguments_are_converted() -> None:
    """JSON's values become what the hints ask for."""
    given = {
        "text": "a",
        "number": 1.5,
        "whole": 2,
        "yes": True,
        "day": "2026-11-22",
        "moment": "2026-11-22T08:30:00Z",
        "clock": "08:30",
        "words": ["a", "b"],
        "pairs": [1, 2],
        "extra": {"x": 1},
        "free": {"y": None},
        "mark": "B",
    }
    arguments = call_arguments(as_tool(everything), json.dumps(given))
    assert arguments["day"] == date(2026, 11, 22)
    assert arguments["moment"] == datetime.fromisoformat("2026-11-22T08:30:00+00:00")
    assert arguments["clock"] == time(8, 30)
    assert arguments["pairs"] == (1, 2)
    assert arguments["mark"] is Marker.B
    assert arguments["maybe"] is None
    assert "either" not in arguments
    everything(**arguments)


def one(hint: Any, value: Any) -> Any:
    """``value`` as an argument of type ``hint``."""

    def function(a: Any) -> None:
        """Takes one."""

    function.__annotations__["a"] = hint
    return call_arguments(as_tool(function), {"a": value})["a"]


@pytest.mark.parametrize(
    ("hint", "value", "meant"),
    [
        (int, "3", 3),
        (int, 3.0, 3),
        (int, "3.0", 3),
        (int, 12345678901234567890, 12345678901234567890),
        (float, "2.5", 2.5),
        (float, 2, 2),
        (bool, "true", True),
        (bool, "False", False),
        (bool, 1, True),
        (bool, "否", False),
        (str, 5, "5"),
        (str, 2.5, "2.5"),
        (str, "", ""),
        (date, "2026-11-22T08:30:00", date(2026, 11, 22)),
        (Literal["North", "South"], "north", "North"),
        (Literal[1, 2], "2", 2),
        (Literal[1, True], True, True),
        (Sky, "cloudy", Sky.CLOUDY),
        (Sky, "CLOUDY", Sky.CLOUDY),
        (Sky, "Cloudy", Sky.CLOUDY),
        (Sky | None, None, None),
        (Literal["a", None], None, None),
        (list[int], '["1", 2]', [1, 2]),
        (set[str], ["a", "a"], {"a"}),
        (list[list[int]], [["1"]], [[1]]),
        (dict[str, int], '{"a": "1"}', {"a": 1}),
        (Annotated[int, "how many"], "4", 4),
    ],
)
def test_plain_meaning_is_understood(hint: Any, value: Any, meant: Any) -> None:
    """Numbers as text, text as numbers, other capitals: where the meaning is plain it is taken."""
    found = one(hint, value)
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    ("hint", "value", "said"),
    [
        (int, "three", 'a is "three", expected a whole number'),
        (int, 2.5, "a is 2.5, expected a whole number"),
        (int, True, "a is true, expected a whole number"),
        (int, None, "a is null, expected a whole number"),
        (int, float("inf"), "expected a whole number"),
        (float, "nan", "expected a number"),
        (bool, "maybe", "expected true or false"),
        (str, None, "expected text"),
        (str, ["a"], "expected text"),
        (date, "明天", 'a is "明天", expected a date like 2026-11-22'),
        (datetime, "now", "expected a date and time like 2026-11-22T08:30:00"),
        (time, "noon", "expected a time of day like 08:30"),
        (Literal["c", "f"], "k", 'expected one of: "c", "f"'),
        (list[int], "1, 2", "expected a list, each of it a whole number"),
        (list[int], [1, "x"], "expected a list, each of it a whole number"),
        (dict[str, int], [1], "expected an object"),
    ],
)
def test_misfit_is_explained_to_the_model(hint: Any, value: Any, said: str) -> None:
    """What doesn't fit is named with what would."""
    with pytest.raises(BadArgument) as caught:
        one(hint, value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{", "are not JSON"),
        ("[" * 100_000, "are not JSON"),
        ("[1]", "not a JSON object"),
        ("5", "not a JSON object"),
        ("{}", "needs the parameter 'city': text"),
        ('{"city": "x", "colour": "red"}', "no parameter 'colour'; it has: city, days, unit, sky"),
    ],
)
def test_arguments_that_cannot_be_used(given: str, said: str) -> None:
    """Text that is no JSON object, or has other names, is explained."""
    with pytest.raises(BadArgument, match=said):
        call_arguments(as_tool(weather), given)


@pytest.mark.parametrize("given", ["", "{}", "null", None, {}, '"{}"'])
def test_no_arguments(given: Any) -> None:
    """However nothing is written, a function without parameters can be called."""
    assert call_arguments(as_tool({"name": "tick", "description": "Ticks."}), given) == {}


def test_doubly_wrapped_arguments() -> None:
    """JSON inside a JSON string is unwrapped."""
    assert call_arguments(as_tool(weather), json.dumps('{"city": "x"}')) == {"city": "x"}


def test_arguments_by_a_schema_of_ones_own() -> None:
    """Without hints the schema's own types are used."""
    given = {"times": "3", "loud": "true", "numbers": ["1.5"], "rest": {"x": 1}}
    meant = {"times": 3, "loud": True, "numbers": [1.5], "rest": {"x": 1}}
    assert call_arguments(as_tool(SCHEMA), given) == meant
    with pytest.raises(BadArgument, match='times is "many", expected a whole number'):
        call_arguments(as_tool(SCHEMA), {"times": "many"})


def test_loose_schemas_are_tolerated() -> None:
    """Lists of types, true for anything and unknown words pass what the model sends as it is."""
    properties = {"a": True, "b": {"type": ["string", "null"]}, "c": {"type": "array", "items": 1}}
    parameters = {"properties": properties, "required": ["a", "c"]}
    tool = as_tool({**SCHEMA, "parameters": parameters})
    assert call_arguments(tool, '{"a": 1, "b": null, "c": [2]}') == {"a": 1, "b": None, "c": [2]}
    for given in ('{"a": 1}', '{"a": 1, "c": 2}', "{}"):
        with pytest.raises(BadArgument, match=r"another kind of value|a list"):
            call_arguments(tool, given)


def test_sentences_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said about tools exists in Chinese."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    with pytest.raises(BadArgument, match="应为整数"):
        one(int, "x")
    with pytest.raises(BadTool, match="lambda 没有"):
        as_tool(lambda: 1)
