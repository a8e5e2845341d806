"""The number that somebody in danger calls, by country: only where it is well known. Elsewhere none is made up."""

from bot.language import t

# Where one number reaches all help.
_ONE = {
    "112": (
        "AD AT AX BE BG CH CY CZ DE DK EE ES FI FO FR GE GH GL GR HR HU IE IN IS IT LI LT LU LV MC MD MT NG NL NO PL "
        "PT RO RU SE SI SK SM TR UA"
    ),
    "911": "BS BZ CA CR DO EC GU HN MX PA PH PR PY SV US UY VI",
    "999": "BD GB GG HK IM JE KE MY QA",
    "000": "AU",
    "111": "NZ",
    "123": "CO",
}
# Where police and ambulance have numbers of their own.
_TWO = {
    "AE": ("999", "998"),
    "BR": ("190", "192"),
    "CL": ("133", "131"),
    "CN": ("110", "120"),
    "IL": ("100", "101"),
    "JP": ("110", "119"),
    "KR": ("112", "119"),
    "LK": ("119", "1990"),
    "NP": ("100", "102"),
    "PE": ("105", "106"),
    "PK": ("15", "1122"),
    "SG": ("999", "995"),
    "TH": ("191", "1669"),
    "TW": ("110", "119"),
    "VN": ("113", "115"),
    "ZA": ("10111", "10177"),
}
_BY_COUNTRY = {code: number for number, codes in _ONE.items() for code in codes.split()}


def number(chosen: str, country: str | None) -> str | None:
    """Return what the program chose to name, else the number of a country such as "US" or "DE-BY"; None: not known."""
    code = (country or "").upper().partition("-")[0]
    if not chosen and code in _TWO:
        police, ambulance = _TWO[code]
        return t("{police} (police) or {ambulance} (ambulance)", police=police, ambulance=ambulance)
    return chosen or _BY_COUNTRY.get(code)
