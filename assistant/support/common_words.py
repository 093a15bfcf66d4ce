"""Common English words that open a sentence without being a name."""

from __future__ import annotations

from assistant.support.words import word_set

__all__ = ["COMMON_WORDS"]

# Words that open sentences in English news and are mostly written with a small letter elsewhere.
COMMON_WORDS = word_set(
    """
    abortion above absolutely acceptance access according achieving across acting active
    actor actors actress actually add added adding additional addressing adjusted admission
    adults advance advocates aerial affordability afterward against age ahead aide aides
    airline airports allies ally almost along already always ambassadors amid among amount
    analysis analysts annual another answer anti antitrust anyone anything anyway apparently
    appearing applications approximately area areas army around artificial aside ask asked
    asking assistant associate assuming astronomers athletes attackers attacks attendance
    attorney attorneys audience author authorities available average baby back backers
    background bad banker banks barring bars based basically battle beating become bed beef
    beer beginning behind believe below besides best better between beyond bid biggest bikes
    billionaire bishop blame blood bodies bombers bombing bombs book books booster border
    born borrowers bottom box boy breakfast breakthrough bring bringing brokers brother
    built burnout businesses buy call called calling calls campaigners candidates candy
    canned captain car carbon cardinal cardinals cars cases cash catch ceasefire celebrating
    celebrities certainly chairman change changes changing character charities check cheers
    chief child children chocolate choose cities citing civilians claim clashes clearly
    click climate close coach coached coastal cold colonel combined come comedian coming
    commanders commentators common communities commuters companies company compare compared
    concerned concerns concert congratulations conservatives consider considering
    construction consultants consumer consumers contact contrary contributing convoy cooking
    copy core coronavirus corporate cost councillors counsel counter countries country court
    credit creditors crisis critical critics cross crowds crown crude crypto curfew current
    currently customers cutting damage dark data date daughter days dead dealers death debt
    decades deep defence defending defense definitely delegates demand democracy democrats
    demonstrators depending deputies deputy description despite details detective detectives
    developments diesel different diplomat diplomats director directors disruptions
    dissidents diversity doctor doctors documents donations double downtown dozens driver
    drivers drones drop drought due dust earlier early earnings economic economists editors
    efforts eggs eight either election elections electric elsewhere email emergency emperor
    employees employer employers energy engineers enjoy enough enter entering envoys
    especially essential established estimated estimates even events eventually ever every
    everybody everyone everything evidence ex except excessive excluding executives expect
    expectations experts explore exporter exporters exports extra extreme eye face facing
    fact facts faith fall false families family fans farmers fast father favorite fears
    federal feeling fellow fentanyl festivals festivities fewer fifty fight fighters
    fighting fill film final finally financial find finding fire firefighters fires
    fireworks first fish fishermen five flag flight flights flooding flu fly flying folks
    follow following food foods footage football forces forecasters foreign forget former
    fortunately four fourth framework frankly fraud free fresh freshman friend friends full
    fun future gambling game gang gangs gas gasoline general generally get getting giant
    girl give given giving glaciers global globally going gold gone good goodbye got
    government governor governors grab grade grain grocery ground group groups growing
    guards guests gun gunman gunmen guns hackers half hand happening happier hate head
    heading healthy hear heard hearing heart heat heavy help helping higher historians
    historic historically history hit hold holding holiday home homes honestly honorable
    hope hopefully hoping hospital hospitals host hostages hosts hotels hours household
    households housing however hundreds husband iconic ideally image imagine immediately
    immigration impact important importers imports including increased increasingly
    incumbent indeed independent individual individuals indoor industry inflation
    information ingredients initially injuries inmates inside inspector inspectors instead
    instructions insurers intelligence inter interest introduced investigators investors
    items job join joining journalist journalists judge judges jurors justices keep keeping
    key kidnappers kids know knowing known lack landlords large larger last late later
    latest laundry lava law lawmakers laws lawyer lawyers leaders leadership leading learn
    leave led legal legislation legislators lenders lending less let liberals lieutenant
    life like likely likewise limit line listen little live living local located location
    locations long longtime look looking looming losses lots lottery love lower loyalists
    luckily lucky lunar made main major make making man manager managing manufacturer
    manufacturers many map marijuana marines market markets marks masks mass massive match
    maybe mayor mayors meanwhile measles meat medal media median mediators medics meet
    members men methane method mid midterm migrants militants military militia militias
    millions miners minister ministers minutes missiles missing mission mobs moments money
    monitors months mortgage mother motorists mourners mourning move moved movie movies
    moving much multi multiple municipal namely nationally nations nationwide natural navy
    near nearby nearly need negotiations negotiators neighbours neither never nevertheless
    newly next nickname night nine nobody nominations non none nonetheless normally notable
    notably nothing nuclear number numbers numerous nurse nurses observers obviously odds
    officer officers official officials often oil older olive one online opening operatives
    opinion opponents organisers organizers original originally others otherwise outcome
    outside overall overnight overseas owner owners pandemics panic paper paramedics parents
    parliament part participants participating particularly parts passengers passers passing
    past patients patrons peacekeepers peak pensioners people per perhaps permits
    perpetrators person philosophers phone photo physicians pick pilot pilots pirates place
    planet plans play player players playing please plenty plus podcasts police political
    politicians politics poll polls pollsters pop popular population pork possession post
    posting postseason potential poverty power pre preachers prefer preliminary premier
    presented president presidential presidents pressure pretty previous previously prices
    priests primary prime prior prisoner prisoners private pro probably producer producers
    professor professors profit profits progressive projected property proponents
    prosecutors protect protecting protesters public publisher pumpkin pupils puppies
    purchases put putting quarterback queer question questions quick quite racial rain
    rainfall raising ranked ranking rates rather ratings reach reaching read readers ready
    real really rebel rebels recall recalled recent recently recommendations record
    recruiters reformers refugees refusing regarding regardless regional registration
    regular regulators related relatives released remaining remember remembering rent rents
    report reports republicans rescuers researchers reservations residents responding rest
    restaurants restrictions results retail returning revenue review right rioters rising
    rivals rockets root roughly round royal royals rumors sadly safe said sailors sales
    sanctions satellite say sceptics scholars schools scientific scientists search season
    seaweed second secretary see seeking self semi senate senator senators send senior
    separately separatists sergeant seriously serving set seven several severe share
    shareholders shares shelling shells sheriff sheriffs shoot shooting shop shoppers short
    shortly shots show significant signs silver similar similarly simply since singer sister
    sitting six size skeptics skip sleep small smugglers snow soccer social solar sold
    soldier soldiers somehow someone something sometimes son soon sorry sound sounds sources
    speaking special specifically spending spike spoiler spokesman spokesmen spokesperson
    spokeswoman spread spring staff standing stars start starting stat stay staying step
    still stock stocks stop store stores storm storms story streaming strikes strong
    struggle stuck student students studies sub subscribe summer suppliers supply support
    supporters supporting sure surgeons surrounded survivors suspect suspects symptoms take
    taking talk talking talks tanks tariffs tax taxpayers teacher teachers team teams
    technicians television tell temperatures tenants tennis tens tension tensions terrorists
    testing text thank thankfully thanks theaters therefore things think third thousands
    three throughout thus tickets time timeline tiny tip tips together tomorrow tonight top
    tornado tory total toward track tracking trade traditional traditionally traffic trans
    travel travelers traveling trial tributes troopers troops trust try turning turnover
    turns two typically ultimately unable uncle understanding unemployment unfortunately
    union unionists unions unless unlike unvaccinated update updated updates use used users
    using usually utilities vaccinated vaccinating vaccine vaccines various vehicle vendors
    veteran veterans vice victims video view villagers violence virtually visit visitors
    vitamin volcanic volunteers voters voting wage wages wait walk walking want warming
    warning warplanes wash waste watching water waves wear week weeks weight welcome well
    went whatever wheat whenever whereas whoever wholesale widespread widows wife wildfires
    win wind winner winners winning winter witnesses woman women words work worked workers
    working world worst write writers writing year years yesterday young younger youths
    """
)
