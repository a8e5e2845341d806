"""The number that somebody in danger calls, by country: only where one number reaches all help, and is known well."""

_NUMBERS = {
    "112": "AT BE BG CH CY CZ DE DK EE ES FI FR GE GR HR HU IE IN IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK TR",
    "911": "CA CR DO EC MX PH PR US UY",
    "999": "GB KE",
    "000": "AU",
    "111": "NZ",
}
_BY_COUNTRY = {code: number for number, codes in _NUMBERS.items() for code in codes.split()}


def number(chosen: str, country: str | None) -> str | None:
    """Return what the program chose to name, else the number of a country such as "US" or "DE-BY"; None: not known."""
    return chosen or _BY_COUNTRY.get((country or "").upper().partition("-")[0])
