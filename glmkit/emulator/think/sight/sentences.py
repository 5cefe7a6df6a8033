"""What is said of pictures: what they show or how they look, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from glmkit.emulator.think.persona import Lang
from glmkit.emulator.think.sight.changes import Change, Kind, change_between
from glmkit.emulator.think.sight.facts import Facts, Patch, facts_of
from glmkit.emulator.think.sight.kit_pictures import recognised
from glmkit.emulator.think.sight.pixels import opened, small
from glmkit.emulator.think.words import word_file
from glmkit.texts import text_in

_WORDS: Final = word_file("sight")

Said = tuple[str, dict[str, Any]]

_TOLD: Final[dict[Kind, str]] = {
    "other": "change_other", "darker": "change_darker", "lighter": "change_lighter",
    "came": "change_came", "went": "change_went", "moved": "change_moved",
    "shifted": "change_shifted", "turned": "change_turned",
    "all": "change_all", "some": "change_some",
}  # fmt: skip
_MOST: Final = 0.85  # of a picture: nearly all of it
_MAIN: Final = 0.38


def asks_of_a_picture(words: str, lang: Lang, pictures: Sequence[bytes]) -> bool:
    """Whether ``words`` ask about something that only these pictures can tell."""
    if not pictures:
        return False
    if any(_WORDS[name].search(words) for name in ("change", "size", "points")):
        return True
    image = opened(pictures[-1]) if _WORDS["asks"].search(words) else None
    known = recognised(image) if image else None
    return known is not None and known.answer_to(words, lang) is not None


def seen(words: str, lang: Lang, pictures: Sequence[bytes]) -> Said:
    """The text's id, and what fills it, that answers ``words`` about ``pictures``, oldest first."""
    if not pictures:
        return "no_picture", {}
    image = opened(pictures[-1])
    found = facts_of(pictures[-1])
    if image is None or found is None:
        return "bad_picture", {}
    if _WORDS["change"].search(words):
        return _changed(pictures, lang)
    known = recognised(image)
    if known and (answer := known.answer_to(words, lang)):
        return "picture_known", {"said": answer}
    if _WORDS["size"].search(words):
        return _format(found), {"width": found.width, "height": found.height}
    if known:
        return "picture_known", {"said": known.described(lang)}
    return "picture", _described(found, lang)


# -- how it looks --


def _format(found: Facts) -> str:
    if found.width == found.height:
        return "picture_square"
    return "picture_landscape" if found.width > found.height else "picture_portrait"


def _described(found: Facts, lang: Lang) -> dict[str, Any]:
    return {
        "width": found.width,
        "height": found.height,
        "shade": text_in(lang, f"dialogue.shade_{found.shade}"),
        "colours": _colours(found.patches, lang),
        "detail": text_in(lang, f"dialogue.detail_{found.detail}"),
    }


def _colours(patches: Sequence[Patch], lang: Lang) -> str:
    if not patches:
        return text_in(lang, "dialogue.colours_any")
    first, others = patches[0], patches[1:]
    if first.share >= _MOST and not others:
        return text_in(lang, "dialogue.colours_one", colour=_colour(first.colour, lang))
    if first.place not in ("everywhere", "edge") and first.share < 0.7 and others:
        return _placed(patches, lang, "colour_is")
    named = "colours_main" if first.share >= _MAIN else "colours_many"
    main = text_in(lang, f"dialogue.{named}", colour=_colour(first.colour, lang))
    if not others:
        return main
    rest = _placed(others, lang, "colour_has")
    return text_in(lang, "dialogue.colours_with", main=main, others=rest)


def _placed(patches: Sequence[Patch], lang: Lang, id: str) -> str:
    """Each place with its colours."""
    places = dict.fromkeys(patch.place for patch in patches)
    parts = []
    for place in places:
        names = [_colour(each.colour, lang) for each in patches if each.place == place]
        said = "colour_scattered" if place == "everywhere" else id
        colours = text_in(lang, "dialogue.colours_and").join(names)
        where = text_in(lang, f"dialogue.place_{place}")
        parts.append(text_in(lang, f"dialogue.{said}", colour=colours, place=where))
    return _listed(parts, lang)


def _colour(name: str, lang: Lang) -> str:
    return text_in(lang, f"dialogue.colour_{name}")


def _listed(parts: Sequence[str], lang: Lang) -> str:
    if lang == "zh":
        return "，".join(parts)
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


# -- what changed --


def _changed(pictures: Sequence[bytes], lang: Lang) -> Said:
    """Since the newest of the earlier pictures from which the last one differs."""
    images = [image for each in pictures if (image := opened(each))]
    if len(images) < 2:
        return "change_of_one", {}
    last = small(images[-1])
    for earlier in reversed(images[:-1]):
        change = change_between(small(earlier), last)
        if change.kind == "other":
            names = [recognised(each) for each in (earlier, images[-1])]
            if all(names) and names[0] != names[1]:
                shown = [each.described(lang) if each else "" for each in names]
                return "change_of_kit_pictures", {"before": shown[0], "after": shown[1]}
        if change.kind != "none":
            return _told(change, lang)
    return "change_none", {}


def _told(change: Change, lang: Lang) -> Said:
    values = {"place": text_in(lang, f"dialogue.place_{change.place}")}
    if change.colour:
        values["colour"] = _colour(change.colour, lang)
    if change.colour_before:
        values["before"] = _colour(change.colour_before, lang)
    if change.kind == "moved":
        values["before"] = text_in(lang, f"dialogue.place_{change.place_before}")
    if change.kind == "shifted":
        values["towards"] = text_in(lang, f"dialogue.towards_{change.towards}")
    return _TOLD[change.kind], values
