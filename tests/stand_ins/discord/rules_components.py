"""What Discord takes of components: below a message, in Components V2, in a form."""

from collections.abc import Sequence

from tests.stand_ins.discord.components import texts, walk
from tests.stand_ins.discord.errors import Json, bad_length, required, too_long, wrong

ROW, BUTTON, MENU, INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE = 1, 2, 3, 4, 9, 10, 11, 12, 13
SEPARATOR, CONTAINER, LABEL, UPLOAD, RADIO, BOXES, BOX = 14, 17, 18, 19, 21, 22, 23
SELECTS = (3, 5, 6, 7, 8)
LINK = 5
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
IN_MODERN = (*IN_CONTAINER, CONTAINER)
IN_LABEL = (*SELECTS, INPUT, UPLOAD, RADIO, BOXES, BOX)
ROWS, BUTTONS, OPTIONS, MODERN, MODERN_TEXT = 5, 5, 25, 40, 4000
SECTION_TEXTS, GALLERY_ITEMS, MODAL_ROWS = 3, 10, 5
ID, LABELS, PLACEHOLDER, OPTION, URL, TITLE, DESCRIPTION, VALUE = 100, 80, 150, 100, 512, 45, 100, 4000
LEAST_OPTIONS = {RADIO: 2}
MOST_OPTIONS = {RADIO: 10, BOXES: 10}


def check_message(rows: Sequence[Json], *, modern: bool, files: Sequence[str] | None = None) -> None:
    """Raise unless components are as a message may have them; `files` are the names of those that it has."""
    if modern:
        _check_modern(rows)
        _check_files(rows, files)
    elif len(rows) > ROWS:
        raise too_long("components", ROWS)
    for number, one in enumerate(rows):
        _only(one, IN_MODERN if modern else (ROW,), f"components.{number}")
        _check(one, f"components.{number}")
    _check_ids([one for one in walk(rows) if "custom_id" in one], "components")


def _check_modern(rows: Sequence[Json]) -> None:
    if not rows:
        raise required("components")
    if sum(1 for _ in walk(rows)) > MODERN:
        raise wrong("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"At most {MODERN} components")
    if sum(map(len, texts(rows))) > MODERN_TEXT:
        text = f"The text of all components can be at most {MODERN_TEXT} characters"
        raise wrong("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)


def _check_files(rows: Sequence[Json], files: Sequence[str] | None) -> None:
    media = [one.get("file") or one.get("media") for one in walk(rows) if one["type"] in (FILE, THUMBNAIL)]
    media += [item["media"] for one in walk(rows) if one["type"] == GALLERY for item in one.get("items") or ()]
    for one in media:
        url = str((one or {}).get("url", ""))
        if url.startswith("attachment://") and files is not None and url.removeprefix("attachment://") not in files:
            raise wrong("components", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"{url} was not found")


def _only(one: Json, kinds: Sequence[int], path: str) -> None:
    if one.get("type") not in kinds:
        text = f"Value of field 'type' must be one of {tuple(kinds)}."
        raise wrong(f"{path}.type", "UNION_TYPE_CHOICES", text)


def _check_ids(rows: Sequence[Json], path: str) -> None:
    ids = [one["custom_id"] for one in rows]
    if len(set(ids)) < len(ids):
        raise wrong(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")


def _check(one: Json, path: str) -> None:
    """Raise unless a component that stands in a message is as it may be."""
    below = one.get("components") or []
    match one["type"]:
        case 1:  # ROW
            _check_row(below, path)
        case 9:  # SECTION
            _check_section(one, below, path)
        case 10:  # TEXT
            _length(one.get("content") or "", 1, MODERN_TEXT, f"{path}.content")
        case 12:  # GALLERY
            _length(one.get("items") or [], 1, GALLERY_ITEMS, f"{path}.items")
        case 13:  # FILE
            if not str((one.get("file") or {}).get("url", "")).startswith("attachment://"):
                raise wrong(f"{path}.file.url", "URL_TYPE_INVALID_SCHEME", "Only attachment:// is taken")
        case 17:  # CONTAINER
            _length(below, 1, MODERN, f"{path}.components")
            _each(below, IN_CONTAINER, path)


def _each(below: Sequence[Json], kinds: Sequence[int], path: str) -> None:
    for number, each in enumerate(below):
        _only(each, kinds, f"{path}.components.{number}")
        _check(each, f"{path}.components.{number}")


def _check_section(one: Json, below: Sequence[Json], path: str) -> None:
    _length(below, 1, SECTION_TEXTS, f"{path}.components")
    if not one.get("accessory"):
        raise required(f"{path}.accessory")
    _only(one["accessory"], (BUTTON, THUMBNAIL), f"{path}.accessory")
    if one["accessory"]["type"] == BUTTON:
        _check_button(one["accessory"], f"{path}.accessory")
    _each(below, (TEXT,), path)


def _check_row(below: Sequence[Json], path: str) -> None:
    _length(below, 1, BUTTONS, f"{path}.components")
    for number, each in enumerate(below):
        _only(each, (BUTTON, *SELECTS), f"{path}.components.{number}")
        if each["type"] == BUTTON:
            _check_button(each, f"{path}.components.{number}")
        else:
            _check_select(each, f"{path}.components.{number}")
    if len(below) > 1 and any(each["type"] != BUTTON for each in below):
        raise wrong(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select takes a whole row")


def _check_button(one: Json, path: str) -> None:
    if len(one.get("label") or "") > LABELS:
        raise too_long(f"{path}.label", LABELS)
    if not one.get("label") and not one.get("emoji"):
        raise wrong(path, "BUTTON_COMPONENT_MISSING_LABEL", "A button needs a label or an emoji")
    if one.get("style") == LINK:
        if one.get("custom_id"):
            raise wrong(path, "BUTTON_COMPONENT_INVALID_LINK", "A link has no custom id")
        _length(one.get("url") or "", 1, URL, f"{path}.url")
        if not one["url"].startswith(("http://", "https://", "discord://")):
            raise wrong(f"{path}.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be one of http, https, discord.")
        return
    if one.get("style") not in (1, 2, 3, 4):
        raise wrong(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
    if one.get("url"):
        raise wrong(path, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "Only a link has an address")
    _length(one.get("custom_id") or "", 1, ID, f"{path}.custom_id")


def _check_select(one: Json, path: str) -> None:
    _length(one.get("custom_id") or "", 1, ID, f"{path}.custom_id")
    if len(one.get("placeholder") or "") > PLACEHOLDER:
        raise too_long(f"{path}.placeholder", PLACEHOLDER)
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    if not 0 <= least <= most or not 1 <= most <= OPTIONS:
        raise wrong(f"{path}.max_values", "BASE_TYPE_MAX", "min_values and max_values don't fit")
    if one["type"] == MENU:
        _check_options(one, path)
        if most > len(one["options"]):
            raise wrong(f"{path}.max_values", "BASE_TYPE_MAX", "more values than options")


def _check_options(one: Json, path: str) -> None:
    options = one.get("options") or []
    kind = one["type"]
    _length(options, LEAST_OPTIONS.get(kind, 1), MOST_OPTIONS.get(kind, OPTIONS), f"{path}.options")
    for number, each in enumerate(options):
        for name in ("label", "value"):
            _length(each.get(name) or "", 1, OPTION, f"{path}.options.{number}.{name}")
        if len(each.get("description") or "") > OPTION:
            raise too_long(f"{path}.options.{number}.description", OPTION)
    if len({each["value"] for each in options}) < len(options):
        text = "The specified option value is already used"
        raise wrong(f"{path}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", text)


def _length(value: Sequence[object], least: int, most: int, path: str) -> None:
    if not value:
        raise required(path)
    if not least <= len(value) <= most:
        raise bad_length(path, least, most)


def check_modal(body: Json) -> None:
    """Raise unless a form is as it may be."""
    _length(body.get("title") or "", 1, TITLE, "data.title")
    _length(body.get("custom_id") or "", 1, ID, "data.custom_id")
    rows = body.get("components") or []
    _length(rows, 1, MODAL_ROWS, "data.components")
    for number, one in enumerate(rows):
        path = f"data.components.{number}"
        _only(one, (ROW, TEXT, LABEL), path)
        if one["type"] == LABEL:
            _check_label(one, path)
        elif one["type"] == ROW:
            _check_old_row(one, path)
        else:
            _check(one, path)
    _check_ids([one for one in walk(rows) if "custom_id" in one], "data.components")


def _check_label(one: Json, path: str) -> None:
    _length(one.get("label") or "", 1, TITLE, f"{path}.label")
    if len(one.get("description") or "") > DESCRIPTION:
        raise too_long(f"{path}.description", DESCRIPTION)
    if not one.get("component"):
        raise required(f"{path}.component")
    _only(one["component"], IN_LABEL, f"{path}.component")
    if one["component"].get("label"):
        raise wrong(f"{path}.component.label", "COMPONENT_LABEL_NOT_ALLOWED", "The label stands above")
    _check_field(one["component"], f"{path}.component")


def _check_old_row(one: Json, path: str) -> None:
    below = one.get("components") or []
    if len(below) != 1:
        raise bad_length(f"{path}.components", 1, 1)
    _only(below[0], (INPUT,), f"{path}.components.0")
    _length(below[0].get("label") or "", 1, TITLE, f"{path}.components.0.label")
    _check_field(below[0], f"{path}.components.0")


def _check_field(one: Json, path: str) -> None:
    kind = one["type"]
    if kind in SELECTS:
        _check_select(one, path)
        return
    _length(one.get("custom_id") or "", 1, ID, f"{path}.custom_id")
    if kind == INPUT:
        _check_input(one, path)
    elif kind in (RADIO, BOXES):
        _check_options(one, path)
    elif kind == UPLOAD and not 0 <= one.get("min_values", 1) <= one.get("max_values", 1) <= GALLERY_ITEMS:
        raise wrong(f"{path}.max_values", "BASE_TYPE_MAX", "min_values and max_values don't fit")


def _check_input(one: Json, path: str) -> None:
    if one.get("style") not in (1, 2):
        raise wrong(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2).")
    if len(one.get("placeholder") or "") > ID:
        raise too_long(f"{path}.placeholder", ID)
    least, most = one.get("min_length") or 0, one.get("max_length") or VALUE
    if not 0 <= least <= most <= VALUE:
        raise wrong(f"{path}.max_length", "BASE_TYPE_MAX", "min_length and max_length don't fit")
    if len(one.get("value") or "") > most:
        raise too_long(f"{path}.value", most)
