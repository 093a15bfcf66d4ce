"""Common English words that open a sentence without being a name."""

from __future__ import annotations

from assistant.support.words import word_set

__all__ = ["COMMON_WORDS"]

# Words that open sentences in English news and are mostly written with a small letter elsewhere.
COMMON_WORDS = word_set(
    """
    ability aboard abortion above absentee absolutely academic acceptance access accessibility
    according accounts achieving acquired across acting active activist activities actor actors
    actress actual actually add added adding additional address addressing adjust adjusted
    administrators admission adolescents ads adult adults advance adverse advertisers advice
    advisers advocacy advocates aerial affordability aftershocks afterward against age aged
    agencies agents aggressive ahead aide aides airline airports album alcohol algae allies
    allow ally allyship almost alone along alongside already alter always ambassadors amid among
    amount analysis analyst analysts anger anglers animals annual another answer anti antigen
    antitrust anybody anyone anything anyway anywhere apart apparently appearing applicants
    applications approval approximately apps area areas army around artificial artist artwork
    aside ask asked asking assistant associate assuming astronauts astronomers athletes atop
    attackers attacks attempts attendance attendees attorney attorneys audience audit author
    authorities automakers automatic autoworkers available average avian avid avoid away babies
    baby back backers background backup bad baggage bake bald ballot ballots ban bands banker
    banks barriers barring bars based basic basically basketball bats battle beaches beaten
    beating become bed beef beer begin beginning begins behind believe below beneath benefits
    beside besides best better between beware beyond bid bigger biggest bikes billed billionaire
    billions biographer biographers bipartisan birds bishop bitter blame blazes blizzard blood
    blooms boats bodies body bombers bombing bombs book books booster border born borrowers bots
    bottom box boxes boy brands brave breaches break breakfast breakthrough brief bring bringing
    brokers brother budget build buildings built bullets burnout bus buses businesses buy
    bystanders call called callers calling calls camera cameras campaign campaigners campers
    campgrounds campus candidate candidates candy canned capacity captain car carbon cardiac
    cardinal cardinals care caregivers cars case cases cash casinos catch cattle caught
    ceasefire celebrating celebrities cell cells censorship certain certainly chairman chairs
    chance chances change changes changing chaos character charges charities cheaper check
    cheers chief child children chlorine chocolate choices choose chronic cities citing
    civilians claim clashes classes clear clearly clerks click clients climate climb clinical
    clinics clocks close closer closures cloud clouds coach coached coaches coal coastal cocaine
    cold collectors colonel combat combine combined come comedian coming commanders commentator
    commentators commercial common communities commuters companies company compare compared
    competitive competitors complaints complete compliance complimentary computer computers
    concerned concerns concert concertgoers concession concessions confirmed conflicts
    congratulations connect conservatives consider considered considering conspiracy
    constitutional construction consultants consumer consumers contact containment contains
    content continue contract contractors contrary contributing controversial controversy convoy
    cooking cool cooler copies cops copy core corn coronavirus corporate cost costumes
    councillors counsel counter counties countries country couple coupled couples course court
    cover coverage cows cracks create creative credit creditors crews crime criminal criminals
    crisis critical criticism critics cross crowd crowds crown crude crypto cryptocurrency
    curbside curfew current currently customer customers cut cutting cybersecurity daily damage
    dark data date daughter days dead deal dealers deals death debate debris debt decades
    decisions deep defeat defence defendants defending defense defensive definitely definitive
    delayed delays delegates delivery demand democracy democrats demonstrators depending
    deputies deputy described description design desperate despite detailed details detective
    detectives developers developments dialysis diesel different difficulty dig digital dine
    diplomat diplomats direct director directors discipline discounts discovered discuss
    discussions dishes dispensaries display displays disputes disruptions dissidents distance
    districts diversity doctor doctors documentary documents dogs domestic donate donations
    donors doors doses double download downtown downwards dozens draft drain dramatic drawings
    dress driver drivers drone drones drop drought dry dubbed due dust earlier early earnings
    earthquake easy eat economic economist economists editors educators effective efficiency
    efforts eggs eight either election elections elective electric electricity eligibility
    eligible elsewhere email emergency emperor employee employees employer employers empty end
    endemic energy enforcement engine engineers enjoy enough enrolled enrollment ensure enter
    entering entire entrance entries entry envoys equipment especially essential establish
    established estimated estimates even event events eventually ever every everybody everyone
    everything evidence ex exact examples except excessive excluding exclusive executives
    exhibits exit expand expect expectations experience experts explore explosions exporter
    exporters exports exposure extra extreme extremely eye eyewitnesses face faced facing fact
    factor factories facts faculty failure faith fake fall false famed familiar families family
    fans fantastic far farmers farther fast father favorite fear fears featured features federal
    feds feel feeling feels fellow female fentanyl fertilizer festivals festivities fewer fierce
    fifty fight fighters fighting figures fill film final finally financial find finding fines
    finished fire firefighters fires fireworks first fish fishermen five fix flag flight flights
    flood flooding floods floodwater floodwaters floor flour flu fly flying focus folks follow
    following food foods footage football forces forecasters forecasts foreign forget formed
    former formerly fortunately fossil foul four fourth framework frankly fraud free frequent
    fresh freshman friend friends fruits fuel fueled full fully fun funds funeral future
    gambling game gang gangs gas gasoline gatherings gear gender general generally genetic get
    getting giant gift gifts girl give given giving glaciers glad global globally go going gold
    golfers gone good goodbye got government governor governors grab grade graduates grain grief
    grim grocery ground groundwater group groups growing growth guards gubernatorial guess guest
    guests guidance guidelines guides gun gunfire gunman gunmen guns gusts gusty guys gyms
    hackers hailed half halftime halfway hand handle hang happening happier hard harder hate
    head heading headquartered health healthy hear heard hearing heart heat heavy heavyweight
    held helicopter help helping hence hidden higher highlights highly highs hike historians
    historic historically history hit hold holding holiday home homeowners homes homicide
    honestly honorable hope hopefully hoping hospital hospitals host hostages hosts hotels hours
    household households houses housing however huge humanitarian humans hundreds hunters
    husband iconic ideally illegal image imagine immediately immigrants immigration impact
    important importers imports impossible inactive incident incidents includes including income
    incomes increase increased increases increasingly incumbent indeed independent indictment
    individual individuals indoor industry infant inflation influenza information informed
    infrared ingredients initial initially injuries injury inmates inside inspector inspectors
    inspired installed instead instructions insurers intelligence intense inter interest
    interpreters interview interviews introduced invasive inventories invest investigators
    investor investors invite issues items jail job jobless join joining journalist journalists
    journey judge judges jurors jury justices keep keeping key kickoff kidnappers kids kind
    kinder knock know knowing knowledge known lack lackluster landlords large largely larger
    last late later latest launch launched laundry lava law lawmakers laws lawsuit lawsuits
    lawyer lawyers layoffs lead leaders leadership leading learn least leave led left legal
    legendary legislation legislators lenders lending less lessons let levels liberals libraries
    lichen lieutenant life lift lighter like likely likewise limit line listen listeners
    listeria literally little live livestock living loan local located location locations lock
    lockdowns long longer longtime look looking looming looser lose losses lost lots lottery
    love loved low lower loyalists luckily lucky lunar lunch luxury made main major make makeup
    making male man manager managing mandatory manner manufacturer manufacturers many map
    marijuana marines market markets marks marriage mask masks mass massage massive match
    matches matchup material materials maximum maybe mayor mayors meals meanwhile measles
    measures meat medal media median mediators medics meet meetings member members memorable
    memories men mental menu message messages meth methane method mice mid midterm migrant
    migrants militants military militia militias milk millions miners minimum minister ministers
    minor minutes missiles missing mission mistakes mix mixed mobs models moderate mom moments
    money monitors monkeypox monsoon monthly months mortality mortgage mosquito mosquitoes
    mother motorists mourners mourning move moved movie moviegoers movies moving much multi
    multiple municipal municipalities named namely names nationally nations nationwide natural
    navy near nearby nearly need needless negative negotiations negotiators neighborhood
    neighbors neighbours neither nestled never nevertheless newborn newly newspaper next nice
    nickname night nighttime nine nobody nominations nominees non none nonetheless nonprofit
    nonprofits normal normally nostalgia notable notably nothing nowhere nuclear number numbers
    numerous nurse nurses obesity observers obstructive obviously occasional oddly odds
    offensive offer offerings offers officer officers offices official officials offseason
    offshore often oil older olive one online onlookers opening opens operatives opinion opioid
    opponents oral order orders organisers organized organizers original originally others
    otherwise outages outbreaks outcome outdoor outside overall overcome overhead overnight
    overseas overtime owing owned owner owners packages pain pair paired pandemic pandemics
    panel panic paper paramedics parents parishioners parliament part partial partially
    participants participating particularly parties parts passage passenger passengers passers
    passing past patent patients patriotic patrons pay payment peacekeepers peak pediatric
    pensioners people per percent percentage perfect performances performers perhaps permanent
    permits perpetrators persistent person personal personnel pet pets pharmacies philosophers
    phone photo photographs physical physicians pick pickup pictured pieces pilot pilots pirates
    place plaintiffs plan planet plans plants plastic play player players playing please plenty
    plus podcasts poet points police policies policymakers polio political politicians politics
    poll polls pollster pollsters poor pop popular population pork portable positive possession
    possible possibly post posting postseason potential potentially pound poverty power powered
    powerful pray prayers pre preachers prefer pregnant preliminary premier prepare presale
    present presented president presidential presidents pressure pretend pretty preventable
    previous previously prices priests primary prime prior priority prison prisoner prisoners
    private prizes pro probably problem problems proceeds producer producers products
    professional professor professors profit profits programs progress progressive projected
    projects prominent proof properties property proponents proposals prosecutor prosecutors
    prospective prospects protect protecting protesters protestors protests provide provisional
    public publisher pull pumpkin pupils puppies purchase purchases push put putting pythons
    quality quarantine quarterback queer question questions quick quite quiz race racial rail
    rain rainfall raising rally ranchers ranked ranking rap rare rarely rates rather ratings
    reach reached reaching read readers ready real really reason rebates rebel rebels recall
    recalled recent recently recessions recipe recipes recipients recommendations record
    recreational recruiters redrawn reduce reformers refresh refugees refunds refusing regarding
    regardless regional registered registration regular regulator regulators related relatives
    released relief relive remaining remains remarks remember remembering remote remove rent
    rents repair repairs repeat report reporters reports republicans requests requires resale
    rescuers researchers reservations residence residential residents responding responses rest
    restaurants restrictions results retail retailers retired retirees retirement return
    returning returns revamp revenue review reviewers revisit ride riders rides right rioter
    rioters rise rising risks risky rivals roads robberies rockets root rough roughly round
    routine royal royals rules rumors runners runoffs rural sadly safe said sailors salads
    salaries salary sales salons sample samples sanctions satellite sauces save saw say scammers
    scattered scenes sceptics scheduled scholar scholars schools scientific scientists score
    scroll scrutiny search searches season seasonal seaweed second secretary secure see seeking
    seemingly seems select self semi senate senator senators send senior separate separately
    separatists sergeant seriously serve serving set seven several severe sex sexual share
    shareholders shares sheets shelling shells shelter shelters sheriff sheriffs ships shoot
    shooter shooting shop shoppers short shortages shortly shot shots show shut sides
    significant signs silver similar similarly simply since singer single sister sit sitting six
    size skeptics skip sleep slow small smaller smallpox smokers smoothies smugglers snag snow
    snowfall soccer social softer solar sold soldier soldiers somebody somehow someone something
    sometime sometimes somewhere son songs soon sooner sophomore sorry sort sound sounds soups
    sources speakers speaking special specifically spend spending spike splashdown spoiler
    spokesman spokesmen spokesperson spokeswoman sponsored spread spring sprinkle spurred staff
    staffers stakeholders stand standing stargazers stars start starting stat statement
    statewide status stay staying step still stimulus stir stock stocks stop store stores
    stories storm storms story strain streaming stricter strike strikes strong struggle stuck
    student students studies study sub subscribe subscriber subscribers subsequent substantial
    suburban success successful suddenly summer sunlight supermarkets suppliers supplies supply
    support supporter supporters supporting sure surely surge surgeons surgical surrounded
    surveillance surveys survival survivors suspect suspects swaths swimmers switch symptoms
    tables tackle take takeaways taken takeout taking talk talking talks tanks tap tariffs taste
    tax taxes taxpayers teacher teachers team teammates teams tears technicians teenage
    television tell temperatures temporary tenants tennis tens tension tensions tents term terms
    terrorists test testimony testing tests text thank thankfully thanks theaters therefore
    things think third thousands threats three throughout throw thus ticket tickets tight
    tighten tighter time timeline tiny tip tips today toddler toddlers together toilet told toll
    tomorrow tonight top topics tornado tornadoes torrential tory toss total tough tougher
    tournament tours toward towns toxic track tracking trade traders traditional traditionally
    traffic traffickers train trainers trains trans transfer transform transgender transparency
    trash trauma travel travelers traveling treatment trees trial tributes trip troopers troops
    trouble truckers trucks true truly trust try tune turn turning turnout turnover turns tweets
    twice two typical typically ultimately unable uncertainty uncle undergraduate underneath
    understanding unemployment unfortunately uninsured union unionists unions unique
    universities unless unlike unrest unvaccinated update updated updates upgrade upset uptake
    upwards urgent use used users using usually utilities vaccinated vaccinating vaccine
    vaccines variety various vast vegetable vehicle vendor vendors venues veteran veterans via
    vice victims victory video view viewers villagers violators violence violent virtually virus
    visibility visit visitors visual vitamin volcanic volunteers vote voter voters votes voting
    wage wages wait waive walk walking walls want warm warmer warming warning warplanes wash
    washoku waste wastewater watching water waves way ways wealthier weapons wear week weekend
    weeks weight welcome well went wet whatever wheat whenever whereas wherever whoever whole
    wholesale wide widely wider widespread widows wife wildfire wildfires win wind winless
    winner winners winning winter witnesses woman women won wooden word words work worked
    workers working world worries worse worst write writers writing written year years yesterday
    yields young younger youngster youngsters youths
    """
)
