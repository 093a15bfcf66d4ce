"""Regions of the world, and the countries and states that lie in them."""

from __future__ import annotations

__all__ = ["COUNTRIES_OF"]

_TABLE = """
europe european europeans: uk france germany italy spain portugal ireland netherlands belgium
 luxembourg austria switzerland denmark sweden norway finland iceland poland czechia slovakia
 hungary romania bulgaria greece croatia serbia slovenia bosnia albania kosovo montenegro
 macedonia ukraine moldova belarus lithuania latvia estonia malta scotland wales england eu
asia asian asians: china japan korea taiwan india pakistan bangladesh nepal bhutan lanka myanmar
 thailand vietnam laos cambodia malaysia singapore indonesia philippines mongolia afghanistan
 kazakhstan uzbekistan
africa african africans: algeria angola benin botswana burundi cameroon chad congo djibouti egypt
 eritrea ethiopia gabon gambia ghana guinea kenya lesotho liberia libya madagascar malawi mali
 mauritania mauritius morocco mozambique namibia niger nigeria rwanda senegal somalia sudan
 tanzania togo tunisia uganda zambia zimbabwe
gulf: saudi uae qatar kuwait bahrain oman gcc
middle_east middle_eastern: saudi uae qatar kuwait bahrain oman yemen iraq iran syria lebanon
 jordan israel egypt turkey palestine
latin_america latin_american latin_americans: mexico guatemala honduras nicaragua panama cuba
 colombia venezuela ecuador peru bolivia chile argentina uruguay paraguay brazil el_salvador
central_america central_american: guatemala honduras nicaragua panama belize el_salvador
south_america south_american: colombia venezuela ecuador peru bolivia chile argentina uruguay
 paraguay brazil
north_america north_american north_americans: canada mexico
caribbean: cuba haiti jamaica bahamas barbados trinidad grenada puerto_rico
nordic scandinavia scandinavian: denmark sweden norway finland iceland
baltic baltics: lithuania latvia estonia
iberia iberian: spain portugal
new_england: maine vermont massachusetts connecticut nh ri
midwest midwestern midwesterners: illinois indiana iowa kansas michigan minnesota missouri
 nebraska ohio wisconsin nd sd
"""


def _regions() -> dict[str, frozenset[str]]:
    lines = (line.partition(": ") for line in _TABLE.strip().replace("\n ", " ").split("\n"))
    return {
        name.replace("_", " "): frozenset(c.replace("_", " ") for c in countries.split())
        for names, _, countries in lines
        for name in names.split()
    }


COUNTRIES_OF = _regions()
