"""The cities and states that North American teams are called after, as scores call them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["CITIES", "TEAMS"]

# Clubs of the NFL, NBA, MLB and NHL as they were in 2022; a handful move in a decade.
_TABLE = """
anaheim: ducks
arizona: cardinals diamondbacks coyotes
atlanta: falcons hawks braves
baltimore: ravens orioles
boston: celtics red_sox bruins
brooklyn: nets
buffalo: bills sabres
calgary: flames
carolina: panthers hurricanes
charlotte: hornets
chicago: bears bulls cubs white_sox blackhawks
cincinnati: bengals reds
cleveland: browns cavaliers cavs guardians
colorado: rockies avalanche
columbus: blue_jackets
dallas: cowboys mavericks mavs stars
denver: broncos nuggets
detroit: lions pistons tigers red_wings
edmonton: oilers
florida: panthers marlins
golden state: warriors
green bay: packers
houston: texans rockets astros
indiana: pacers
indianapolis: colts
jacksonville: jaguars
kansas city: chiefs royals
las vegas: raiders
los angeles: rams chargers lakers clippers dodgers angels kings
memphis: grizzlies
miami: dolphins heat marlins
milwaukee: bucks brewers
minnesota: vikings timberwolves twins wild
montreal: canadiens
nashville: predators
new england: patriots pats
new jersey: devils
new orleans: saints pelicans
new york: giants jets knicks mets yankees rangers islanders
oakland: athletics
oklahoma city: thunder
orlando: magic
ottawa: senators
philadelphia: eagles 76ers sixers phillies flyers
phoenix: suns coyotes
pittsburgh: steelers pirates penguins
portland: trail_blazers blazers
sacramento: kings
san antonio: spurs
san diego: padres
san francisco: 49ers giants
san jose: sharks
seattle: seahawks mariners kraken
st louis: cardinals blues
tampa bay: buccaneers bucs rays lightning
tennessee: titans
texas: rangers
toronto: raptors blue_jays maple_leafs
utah: jazz
vancouver: canucks
vegas: golden_knights
washington: commanders wizards nationals capitals
winnipeg: jets
"""


def _cities() -> dict[str, frozenset[str]]:
    lines = (line.partition(": ") for line in _TABLE.strip().split("\n"))
    return {
        city: frozenset(team.replace("_", " ") for team in teams.split())
        for city, _, teams in lines
    }


def _teams(cities: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    teams = frozenset().union(*cities.values())
    return {team: frozenset(c for c, own in cities.items() if team in own) for team in teams}


CITIES = _cities()
TEAMS = _teams(CITIES)
