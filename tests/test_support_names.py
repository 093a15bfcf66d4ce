"""Names of a sentence against its source and what stands around it."""

from __future__ import annotations

import pytest

from assistant.support.names.check import check_names, find_names


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Rubio spoke.", "Marco Rubio spoke."),
        ("President Zelensky spoke.", "Volodymyr Zelenskyy spoke."),
        ("The Ukrainian army advanced.", "The army of Ukraine advanced."),
        ("The US objected.", "The United States objected."),
        ("The U.S. objected.", "The US objected."),
        ("American officials objected.", "Officials in the U.S. objected."),
        ("Britain left.", "The UK left."),
        ("British troops left.", "Troops of the United Kingdom left."),
        ("NATO met.", "The North Atlantic Treaty Organization met."),
        ("The World Health Organization met.", "The WHO met."),
        ("Nato met.", "NATO met."),
        ("Erdogan's party won.", "Erdoğan’s party won."),
        ("The Obamas came.", "Michelle Obama came."),
        ("It is about Covid.", "It is about Covid-19."),
        ("Pro-Russian forces fled.", "Forces loyal to Russia fled."),
        ("The Londoners laughed.", "London laughed."),
        ("F-16 jets came.", "Jets such as the F-16 came."),
        ("Western arms came.", "Arms came from the West."),
        ("The Republican left.", "The GOP senator left."),
        ("Ohio's Ida Brandt, a Republican, left.", "Ida Brandt, R-Ohio, left."),
        ("The board of Congress met.", "The congressional board met."),
        ("The Oscars began.", "The Academy Awards began."),
        ("The Postal Service printed it.", "The USPS printed it."),
        ("The USGS measured it.", "The US Geological Survey measured it."),
        ("The LMA's rules changed.", "The Lessing Medical Association changed its rules."),
        ("USC won.", "Southern California won."),
        ("In the Rockies it snowed.", "It snowed in the Rocky Mountains."),
        ("New Yorkers laughed.", "Voters in New York laughed."),
        ("Yevgenia sang.", "Evgenia sang."),
        ("Kassablanca Lines sailed.", "Kasablanca Lines sailed."),
        ("Paris and Berlin agreed.", "France and Germany agreed."),
        (
            "Pollster Ida Brandt of Lex spoke.",
            "Ida Brandt, director of the polling group Lex, spoke.",
        ),
        ("Beaten twice, Brandt wept.", "Brandt lost twice and wept."),
        ("A Dutchman won.", "A Dutch skater won."),
        ("A Moroccan won.", "A player of Morocco won."),
        ("Utahns voted.", "In Utah they voted."),
        ("Southeastern towns burned.", "Towns in the Southeast burned."),
        ("LGBTQ groups came.", "LGBTQIA+ groups came."),
        ("Air traffic stopped.", "It stopped all flights."),
        ("Dearer flour hurt them.", "They paid more for flour."),
        ("Overlong trains came.", "Trains came that were too long."),
        ("Undisturbed by it, they slept.", "It did not wake them."),
        ("Fairgoers paid more.", "At the fair they paid more."),
        ("Speedier trains came.", "Trains came that were fast."),
        ("The US Postal Service printed it.", "The USPS printed it."),
        ("He left Saudi Arabia.", "He left after the Saudi leg of the trip."),
        ("The Olympians laughed.", "The Olympic skaters laughed."),
        ("They crossed the DMZ.", "They crossed the Demilitarized Zone."),
        ("She went to the ER without any ID.", "She went to hospital without papers."),
    ],
)
def test_the_same_name_in_another_form_is_found(sentence, source):
    """Surnames, peoples, acronyms, spellings and accents do not make a name foreign."""
    assert check_names(sentence, [source]).reasons == ()


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Denver lost again.", "The Broncos lost again."),
        ("The Broncos lost again.", "Denver lost again."),
        ("In the end Tampa's coach left.", "The coach of the Buccaneers left."),
        ("Officials in Vilnius and Ankara agreed.", "Lithuanian and Turkish officials agreed."),
        ("More aid is pledged to Kyiv.", "Ukraine got more aid."),
        ("They met in Tehran.", "They met in the Iranian capital."),
        ("They met in Iraq.", "They met in Baghdad."),
        ("Two European kings came.", "The kings of Denmark and Spain came."),
        ("It shut some Midwestern schools.", "It shut some schools in Michigan."),
        ("The White House agreed.", "The administration agreed."),
        ("Some in Congress agreed.", "Some lawmakers agreed."),
        ("It fell during Covid.", "It fell during the pandemic."),
        ("It is rare among Americans.", "It is rare, national surveys found."),
        ("Moor thanked her on Twitter for Lessing.", "Moor tweeted: “Lessing is yours.”"),
        ("The Islamic State claimed it.", "ISIS claimed it."),
        ("They wed in Las Vegas.", "It was a Vegas wedding."),
        ("She skied at three Winter Games.", "She skied at three Winter Olympics."),
        ("He waved a British flag.", "He waved the Union Jack."),
        ("Republicans and Democrats agreed.", "Lawmakers of both parties agreed."),
        ("The refineries of North America are few.", "Canadian and US refineries are few."),
        ("American officials agreed.", "The Commerce Department agreed."),
    ],
)
def test_what_a_name_stands_for_is_found(sentence, source):
    """A team may be called by its city, a land by its capital or region, an office by its seat."""
    assert check_names(sentence, [source]).reasons == ()


@pytest.mark.parametrize(
    ("sentence", "source", "name"),
    [
        ("Chicago lost again.", "The Broncos lost again.", "Chicago"),
        ("The Yankees lost again.", "The Mets lost again in New York.", "Yankees"),
        ("They lost in Denver.", "The Broncos lost.", "Denver"),
        ("Officials in Vilnius agreed.", "Turkish officials agreed.", "Vilnius"),
        ("They flew to Kyiv.", "They flew to Ukraine.", "Kyiv"),
        ("They met in Tehran.", "They met in the Iraqi capital.", "Tehran"),
        ("Two African kings came.", "The kings of Denmark and Spain came.", "African"),
        ("The Pentagon agreed.", "The administration agreed.", "Pentagon"),
        ("Moor thanked her on Twitter for Lessing.", "Moor tweeted: “It is yours.”", "Lessing"),
        ("The Islamic State claimed it.", "Hamas claimed it.", "Islamic"),
        ("They wed in Las Palmas.", "It was a Vegas wedding.", "Las Palmas"),
        ("She skied at three Winter Games.", "She swam at three Summer Olympics.", "Winter Games"),
        ("It is rare among Americans.", "It is rare in Iran, national surveys found.", "Americans"),
        ("In the end Sanders wept.", "A dog in the sand wept.", "Sanders"),
    ],
)
def test_another_team_capital_region_or_office_is_flagged(sentence, source, name):
    """Another city's team, a capital that is told as the place and another region are foreign."""
    assert check_names(sentence, [source]).reasons == (f"“{name}” is not in the source",)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The envoy flew to Western Borduria.", "Western Borduria"),
        ("Then Rubio spoke to Trump.", "Rubio"),
        ("Rubio spoke to Trump.", "Rubio"),
        ("Then Marco Trump spoke.", "Marco Trump"),
        ("The talks between Trump and NATO began.", "NATO"),
        ("Trump flew to Saudi Arabia.", "Saudi Arabia"),
        ("Trump’s envoy met Macron’s.", "Macron"),
    ],
)
def test_a_name_from_elsewhere_is_flagged(sentence, name):
    """A name that the source lacks is named in the reason, wherever it stands."""
    source = "The talks began. The envoy of Trump met him as he spoke and flew."
    assert check_names(sentence, [source]).reasons == (f"“{name}” is not in the source",)


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Tarn Mayor Ida Lund opened it.", ()),
        ("Ida Lund opened it.", ()),
        ("Tarn's Ida Lund opened it.", ()),
        ("Tarn Mayor Ada Lund opened it.", ("Ada Lund",)),
        ("Omar Reith opened it.", ("Omar Reith",)),
        ("Orla Mayor Ida Lund opened it.", ("Orla",)),
    ],
)
def test_a_name_may_be_completed_from_how_the_article_begins(sentence, missing):
    """Who is called by a surname has the name and office that the article gave at first, alone."""
    before = "Tarn Mayor Ida Lund came. Omar Reith of Orla stayed away."
    outcome = check_names(sentence, ["Lund opened the bridge."], before=[before])
    assert outcome.reasons == tuple(f"“{name}” is not in the source" for name in missing)


def test_us_is_not_found_in_us():
    """An acronym that is also a small word needs its capitals."""
    assert check_names("The US objected.", ["They told us why."]).reasons
    assert check_names("The WHO objected.", ["They told us who objected."]).reasons


def test_a_name_may_be_completed_from_the_context():
    """A cited "He" may be called by the name that stands just before it."""
    source, context = "He resigned.", "Boris Johnson faced the press."
    assert check_names("Boris Johnson resigned.", [source], [context]).reasons == ()
    assert check_names("Boris Johnson resigned.", [source]).reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "The officials said it.",
        "Officials said it. Meanwhile, people waited.",
        "“We will wait,” he said.",
        "On Tuesday he said it, and in March too.",
        "Two men said: “Nobody knows.”",
        "Persistently high prices hurt.",
        "I said so.",
        "Премьер-министр Иванов заявил это.",
    ],
)
def test_a_capital_alone_makes_no_name(sentence):
    """The first word of a sentence, days, months and other scripts are not checked as names."""
    assert find_names(sentence) == []


def test_another_language_raises_no_storm():
    """German nouns have capitals and are no names."""
    german = "Der Bundestag hat das Gesetz mit der Mehrheit von Union und Grünen beschlossen."
    assert check_names(german, ["Etwas anderes."]).checked == 0
