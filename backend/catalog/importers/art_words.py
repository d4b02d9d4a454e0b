"""Which thing stands for a film: the words that call for each motif, and what genres fall back on.

Scenes (places and weather, see `posters/registry.py`) are never the hero of an imported film; they
go behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# motif: words of keywords and titles, in the singular; "a b" is found as two words in a row.
_WORDS = {
    # sky and nature
    "sun": "sun|sunshine|sunset|sunrise|summer|heat wave|daylight",
    "moon": "moon|lunar|moonlight|midnight|full moon|night",
    "planet": "planet|alien planet|terraforming|mars|saturn|jupiter|outer space|galaxy",
    "stars": "star field|astronomy|constellation|cosmos|universe|milky way",
    "mountain": "mountain|himalaya|everest|alps|volcano|avalanche",
    "dunes": "desert|sahara|dune|sand",
    "wave": "wave|tsunami|surfing|surfer|ocean|sea|seaside",
    "forest": "forest|wood|jungle|wilderness|rainforest|amazon",
    "tree": "tree|oak|orchard|bonsai|christmas tree|family tree|garden of eden",
    "island": "island|desert island|tropical island|castaway|hawaii",
    "river": "river|waterfall|mississippi river|amazon river|creek",
    "fire": "fire|firefighter|arson|arsonist|burning|inferno|explosion|pyromaniac|dynamite",
    "lightning": "lightning|thunder|thunderstorm|electricity|superpower|superhero|power outage",
    "rain": "rain|storm|flood|hurricane|monsoon|typhoon",
    "snow": "snow|winter|blizzard|ski|christmas|arctic|antarctica|alaska|siberia|north pole",
    "field": "field|farm|farmer|farming|harvest|countryside|plantation|corn|wheat|rural|village",
    "flower": "flower|garden|gardener|spring|tulip|orchid|florist|sunflower",
    "cactus": "cactus|mexico|texas|arizona|mexican|tijuana",
    "iceberg": "iceberg|titanic|greenland",
    "cloud": "cloud|sky|heaven|tornado|weather|angel|afterlife",
    "rock": "rock climbing|canyon|cave|cliff|asteroid|meteor|stone age|mine|miner|mining",
    # buildings
    "skyline": "skyscraper|new york city|new york|city|los angeles|chicago|tokyo|metropolis|urban",
    "tower": "tower|office|corporation|high rise|wall street|businessman|lawyer|apartment",
    "castle": "castle|fortress|king|knight|medieval|kingdom|middle ages|royalty|dracula|scotland",
    "house": "house|haunted house|home|suburb|mansion|neighbor|neighbour|real estate|suburbia",
    "cabin": "cabin|cabin in the woods|camping trip|hut|log cabin|lake house",
    "cathedral": "cathedral|church|priest|nun|monastery|vatican|pope|religion|faith|convent",
    "pagoda": "pagoda|china|japan|kyoto|temple|shaolin|buddhism|buddhist|kung fu|beijing|tibet",
    "lighthouse": "lighthouse|coast|fishing village|maine|cornwall",
    "bridge": "bridge|golden gate bridge|brooklyn|san francisco|venice",
    "gate": "gate|asylum|cemetery|graveyard|boarding school|mental hospital|psychiatric hospital",
    "door": "door|secret door|home invasion|locked room|intruder|hidden room|panic room",
    "window": "window|voyeur|voyeurism|neighbourhood watch|peeping tom|agoraphobia",
    "staircase": "staircase|stair|ghost|haunting|haunted|poltergeist|spirit|seance|paranormal",
    "tent": "tent|camp|summer camp|circus|carnival|clown|refugee camp|scout",
    "factory": "factory|worker|strike|industry|steel|union|working class|coal",
    "windmill": "windmill|holland|netherlands|amsterdam|don quixote",
    "columns": (
        "ancient rome|rome|ancient greece|greece|roman empire|court|senate|white house|museum"
    ),
    "bars": "prison|prisoner|jail|convict|prison escape|escape from prison|death row|cell|inmate",
    "curtain": "theatre|theater|stage|broadway|opera|magic show|cabaret|play|vaudeville|audition",
    "street": "street|alley|gang|ghetto|slum|neighborhood|street gang|brooklyn new york city",
    "hotel": "hotel|motel|las vegas|resort|bellboy|concierge|casino hotel|vacation|honeymoon",
    # transport
    "car": "car|car chase|driver|car race|racing|taxi|street race|automobile|chauffeur|race car"
    "|nascar|formula one|getaway car|stunt driver|driving",
    "motorcycle": "motorcycle|biker|motorbike|motorcycle gang|outlaw biker",
    "bicycle": "bicycle|bike|cyclist|cycling|tour de france|bmx|messenger",
    "train": "train|railway|railroad|subway|locomotive|train station|orient express|conductor",
    "ship": "ship|pirate|cruise ship|navy|sailor|captain|shipwreck|treasure map|voyage|boat|mutiny",
    "sailboat": "sailboat|sailing|yacht|regatta|lake|fisherman|fishing",
    "aeroplane": "airplane|aeroplane|plane|pilot|airport|air force|flight|plane crash|aviation"
    "|flight attendant|fighter pilot|hijacking|skydiving|hijack",
    "rocket": "rocket|nasa|space travel|spacecraft|spaceship|space mission|space opera|launch"
    "|space station|starship",
    "saucer": "saucer|ufo|alien|alien invasion|extraterrestrial|alien life form|"
    "flying saucer|area 51"
    "|alien contact|abduction",
    "submarine": "submarine|u-boat|underwater|deep sea|torpedo",
    "balloon": "balloon|hot air balloon|birthday|birthday party|around the world",
    "bus": "bus|school bus|bus driver|hippie|tour|field trip",
    "truck": "truck|truck driver|trucker|semi truck|convoy",
    "carriage": "carriage|victorian england|18th century|19th century|stagecoach|aristocrat"
    "|aristocracy|costume drama|period drama|jane austen",
    "road": "road trip|road|highway|hitchhiker|journey|route 66|hitchhiking|road movie",
    "tank": "tank|world war ii|iraq war|army|military|war|battle|invasion|panzer|gulf war|wwii",
    # symbols
    "eye": "eye|blindness|blind|surveillance|hallucination|dream|vision|psychic|hypnosis|hypnotism"
    "|precognition|nightmare|dreams",
    "heart": "love|heart|valentine|first love|love affair|unrequited love|heart attack|cancer"
    "|falling in love|love at first sight|in love|crush",
    "spiral": "spiral|vertigo|obsession|madness|insanity|time loop|paranoia|mental illness|drug"
    "|drugs|schizophrenia|trip|lsd|wormhole|time warp",
    "maze": "maze|labyrinth|puzzle|trapped|survival game|virtual reality|escape room|twist",
    "web": "web|conspiracy|deception|intrigue|internet|hacker|hacking|computer virus|cyberspace",
    "chessboard": "chess|strategy|mastermind|game",
    "target": "target|sniper|assassin|hitman|contract killer|assassination|hit man|bounty hunter"
    "|archery contest|killer|marksman",
    "clock": "clock|time|deadline|race against time|countdown|immortality|aging|ageing",
    "gear": "gear|machine|steampunk|inventor|invention|engineer|cyborg|technology|experiment",
    "blinds": "film noir|neo-noir|private eye|femme fatale|noir",
    "shards": (
        "broken|amnesia|memory loss|trauma|divorce|breakdown|identity crisis|memory|shattered"
    ),
    "star": "star|hollywood|fame|celebrity|movie star|show business|talent show|stardom|oscar",
    "ladder": "ladder|ambition|promotion|social climber|treehouse|construction",
    "monolith": "monolith|2001|artificial intelligence|evolution|future|mysterious object",
    # people
    "hat-figure": "detective|private detective|spy|secret agent|gangster|mafia|mobster|mob|"
    "espionage"
    "|investigation|cia|fbi|undercover|sherlock holmes|investigator|1930s|1940s|interrogation"
    "|secret service|double agent|police detective",
    "couple": "couple|marriage|romance|dating|husband wife relationship|lovers|affair|adultery"
    "|infidelity|romantic comedy|relationship|newlywed|wedding night|married couple",
    "crowd": (
        "crowd|revolution|protest|demonstration|politics|politician|riot|civil rights|rebellion"
    ),
    "child": "child|orphan|childhood|little boy|little girl|kid|children|kidnapping|boy|girl"
    "|coming of age|childhood friend|lost child|son|daughter|orphanage|school|elementary school",
    "family": "family|parents|dysfunctional family|father|mother|siblings|family relationships"
    "|brother|sister|parent|family reunion|adoption|stepfamily|family drama",
    "rider": "rider|horseback riding|cavalry|jockey|genghis khan|polo",
    "dancer": (
        "dance|dancer|dancing|ballet|ballerina|tango|flamenco|nightclub|disco|musical|ballroom"
    ),
    "swordsman": "samurai|swordsman|ninja|gladiator|musketeer|fencing|sword fight|ronin|warrior"
    "|swashbuckler|katana|swordplay|duel|zorro",
    "astronaut": "astronaut|space|cosmonaut|moon landing|space walk|gravity|space exploration"
    "|zero gravity",
    "robot": "robot|android|mecha|cyberpunk|transformers|artificial life|killer robot",
    "cowboy": "cowboy|sheriff|gunslinger|wild west|outlaw|ranch|rodeo|marshal|gunfight|wild bunch"
    "|bandit",
    "boxer": "boxer|boxing|fighter|wrestling|wrestler|martial arts|mixed martial arts|fight"
    "|kickboxing|bare knuckle fighting|fist fight|boxing match",
    "witch": "witch|witchcraft|wizard|magic|sorcerer|halloween|spell|sorcery|coven|sorceress|wicca",
    "skull": "skull|death|zombie|serial killer|murder|slasher|corpse|killing|undead|voodoo|horror"
    "|zombie apocalypse|cannibal|torture|gore|plague|epidemic|apocalypse",
    "hand": "hand|palm|palmist|touch|helping hand|pickpocket|sculptor|puppeteer|pianist hands",
    "face": "portrait|plastic surgery|beauty|actress|model|fashion model|identity|actor|painting",
    "two-faces": "twins|twin|double life|doppelganger|split personality|dual identity|double"
    "|alter ego|body swap|mistaken identity|multiple personality|impostor|look-alike|secret "
    "identity",
    "mask": "mask|masked killer|masquerade|masked vigilante|masked|carnival mask|disguise|vigilante"
    "|phantom|masked man|scream|masked superhero|vampire",
    "helmet": "helmet|soldier|vietnam war|world war i|trojan war|viking|crusade|sparta|crusader"
    "|ancient world|marine|trench|vietnam|firefighters|american football player|special forces",
    "runner": "runner|running|escape|chase|on the run|fugitive|marathon|track and field|athlete"
    "|olympic games|manhunt|fleeing|race|athletics",
    "climber": (
        "climber|climbing|mountaineer|mountaineering|expedition|mountain climbing|mountain climber"
    ),
    # animals
    "bird": "bird|eagle|hawk|pigeon|parrot|crow|owl|raven|duck|chicken|swan|goose",
    "birds": "birds|migration|flock|freedom",
    "cat": "cat|kitten|catwoman|cats|feline",
    "dog": "dog|puppy|pet|dogs|stray dog|animal shelter|dog show|sled dog",
    "horse": "horse|horse race|stallion|pony|equestrian|horse racing|wild horse",
    "wolf": "wolf|werewolf|wolves|lycanthropy|coyote|lycanthrope",
    "shark": "shark|shark attack|great white shark|sharks",
    "whale": "whale|dolphin|moby dick|orca|killer whale|whaling",
    "fish": "fish|fishing trip|aquarium|mermaid|goldfish|clownfish|coral reef|scuba diving",
    "snake": "snake|anaconda|python|cobra|snakes|reptile|serpent",
    "spider": "spider|tarantula|spiders|arachnid|insect|ant|giant insect",
    "butterfly": "butterfly|metamorphosis|transformation|moth|bee|caterpillar",
    "ape": "ape|gorilla|monkey|chimpanzee|king kong|orangutan|apes",
    "dinosaur": "dinosaur|tyrannosaurus rex|jurassic|prehistoric|godzilla|kaiju|giant monster"
    "|monster|lizard|prehistoric times",
    "dragon": "dragon|hobbit|elves|middle-earth|mythical creature|fairy tale|dungeons and dragons",
    "elephant": "elephant|safari|circus elephant|mammoth|kenya|thailand|zoo",
    "lion": "lion|tiger|africa|south africa|leopard|wildlife|savannah|big cat",
    "rabbit": "rabbit|bunny|easter|alice in wonderland|hare|easter bunny",
    "panda": "panda|giant panda|talking panda|bamboo",
    "rat": "rat|mouse|mice|rodent|hamster|rats|talking mouse",
    "bear": "bear|teddy bear|grizzly bear|polar bear|grizzly",
    "tentacle": "octopus|squid|giant squid|sea monster|kraken|creature|mutant|mutation|parasite"
    "|lovecraft|giant octopus",
    "fox": "fox|fox hunting|trickster|raccoon",
    # objects
    "hat": "hat|magician|illusionist|charlie chaplin|top hat|tramp|bowler hat|stage magic|milliner",
    "sword": "sword|excalibur|king arthur|sword and sorcery|barbarian|mythology|prophecy|quest"
    "|chosen one|legend|crusades|sword and sandal",
    "revolver": "revolver|gun|shootout|shooting|gunman|western|spaghetti western|pistol|gun battle"
    "|crime|bank robbery|armed robbery|police|cop|police officer|corrupt cop|shot|outlaws",
    "candle": "candle|ritual|occult|satanism|exorcism|exorcist|demon|possession|demonic possession"
    "|devil|satan|cult|demons|prayer|anniversary",
    "key": "key|secret|mystery|secrets|locked door|hidden treasure|inheritance|heir|stolen key",
    "letter": "letter|love letter|correspondence|postman|blackmail|mail|diary|secret letter|note",
    "book": "book|writer|author|novelist|library|novel|poet|teacher|literature|poetry|student"
    "|university|college|professor|based on young adult novel|bookshop|high school|education",
    "piano": "piano|pianist|composer|classical music|concert|mozart|jazz pianist|beethoven",
    "guitar": "guitar|rock star|rock band|rock and roll|musician|singer|country music|rock music"
    "|band|music|songwriter|folk music|guitarist|heavy metal|punk|woodstock|rockumentary",
    "violin": "violin|orchestra|violinist|symphony|cello|string quartet|conservatory",
    "typewriter": "typewriter|journalist|journalism|newspaper|reporter|screenwriter|editor|press"
    "|writers block|investigative journalism|scandal",
    "camera": "camera|photographer|photography|found footage|filmmaking|film director|paparazzi"
    "|mockumentary|photograph|documentary filmmaking|film crew|cameraman",
    "film-reel": "film reel|cinema|movie theater|silent film|film within a film|film industry"
    "|film making|movie business|movie studio|projectionist|film history|projection",
    "telephone": "telephone|phone|telephone call|phone call|phone booth|call girl|stalker|stalking"
    "|prank call|mobile phone|wiretap|obscene phone call",
    "ring": "ring|wedding|engagement|bride|fiancé|fiancée|wedding ring|bridesmaid|marriage proposal"
    "|proposal|groom|engagement ring|bachelor party|best man",
    "diamond": "diamond|jewel|heist|jewelry|jewel thief|thief|robbery|gem|burglar|theft|diamonds"
    "|blood diamond|caper|stolen jewels|burglary|diamond mine",
    "glass": "glass|cocktail|bar|party|alcoholism|wine|bartender|alcohol|champagne|hangover|pub"
    "|martini|drinking|drunk|drunkenness|winery",
    "bottle": "bottle|alcoholic|whisky|whiskey|message in a bottle|moonshine|prohibition|poison"
    "|bootlegger|rum|vineyard|perfume",
    "knife": "knife|stabbing|butcher|slasher film|revenge|dagger|psychopath|psycho|stabbed",
    "scales": "scales|trial|courtroom|judge|justice|jury|injustice|lawsuit|attorney|law|innocence"
    "|courtroom drama|false accusation|legal drama|prosecutor",
    "umbrella": "umbrella|london|england|paris|nanny|london england|british|mary poppins|seattle",
    "suitcase": "suitcase|travel|immigrant|immigration|money|briefcase|refugee|tourist|"
    "exile|runaway"
    "|holiday|leaving home|emigration|drug smuggling|smuggling|luggage|businesswoman",
    "shoe": (
        "shoe|fashion|cinderella|high heels|red shoes|sneakers|shoemaker|tap dance|fashion designer"
    ),
    "rose": "rose|passion|seduction|lust|forbidden love|love triangle|jealousy|eroticism|gigolo"
    "|beauty and the beast|mistress|tragic love|sensuality|prostitute|courtesan",
    "crown": "crown|queen|princess|prince|emperor|royal family|monarchy|throne|british monarchy"
    "|empress|royal|tsar|elizabeth i|coronation|fairy tale princess|royal wedding|sultan",
    "mirror": "mirror|vanity|reflection|parallel world|parallel universe|narcissism|"
    "alternate reality"
    "|alternate universe|parallel worlds",
    "lantern": "lantern|ghost story|superstition|folklore|camping|treasure hunt|"
    "archaeologist|explorer"
    "|archaeology|lost civilization|indiana jones|treasure|tomb|mummy|egypt|pyramid",
    "chair": "chair|electric chair|wheelchair|psychiatrist|therapy|therapist|barber|director"
    "|psychologist|psychology|loneliness|isolation|retirement|old man|solitude",
    "television": "television|tv show|reality tv|tv|news broadcast|game show|media|talk show"
    "|tv host|video game|sitcom|broadcast|television show|news anchor|satire",
    "football": "football|soccer|american football|baseball|basketball|world cup|coach|sport|sports"
    "|super bowl|quarterback|football team|golf|tennis|ice hockey|hockey|nfl|sports team|bowling",
    "drum": "drum|drummer|marching band|percussion|samba|rhythm",
    "saxophone": "saxophone|jazz|jazz music|blues|new orleans|jazz club|harlem|jazz musician",
    "coin": "coin|gambling|casino|poker|gambler|bank|lottery|greed|wealth|rich|bet|stock market"
    "|banker|debt|millionaire|fortune|billionaire|gold|las vegas casino|roulette|con artist|con "
    "man",
    "flag": "flag|patriotism|american civil war|president|independence|election|"
    "usa president|patriot"
    "|american revolution|nationalism|civil war|flag raising|cold war|independence war|us "
    "president",
    "feather": "feather|native american|pocahontas|indian|indigenous|apache|american indian|tribe"
    "|comanche|sioux|light",
    "bowl": (
        "bowl|restaurant|chef|cooking|food|cook|kitchen|noodle|sushi|gourmet|cuisine|baker|soup"
    ),
    "apple": "apple|school teacher|forbidden fruit|snow white|teachers|adam and eve|"
    "new teacher|eden"
    "|temptation|harvest moon",
    "lightsabre": (
        "lightsaber|lightsabre|jedi|star wars|the force|sith|laser|laser gun|space battle"
    ),
    "bow": (
        "bow and arrow|archery|robin hood|archer|hunger games|amazons|arrow|hunter|hunting|cupid"
    ),
    "pocket-watch": "pocket watch|time travel|time machine|time traveller|time traveler|"
    "time paradox"
    "|butterfly effect|changing the past|future self",
}
_MOTIF_OF = {word: motif for motif, words in _WORDS.items() for word in words.split("|")}
_LONGEST = 4
_WORD = re.compile(r"[a-z0-9éè'-]+")


def motifs_in(texts: Iterable[str]) -> list[str]:
    """The motifs that texts call for: those of whole phrases first, then those of words in them."""
    whole: dict[str, None] = {}
    within: dict[str, None] = {}
    for text in texts:
        words = [_singular(word) for word in _WORD.findall(text.lower())]
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST, len(words) - at), 0, -1):
                motif = _MOTIF_OF.get(" ".join(words[at : at + length]))
                if motif is not None:
                    (whole if length == len(words) else within).setdefault(motif)
                    break
            at += length
    return list(whole | within)


def _singular(word: str) -> str:
    if word in _MOTIF_OF or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    shorter = word[:-2] if word.endswith(("shes", "ches", "xes", "sses")) else word[:-1]
    return shorter if shorter in _MOTIF_OF else word


# For a film whose words call for nothing: heroes, and scenes to go behind them.
_GENRE_HEROES = {
    "action": "car motorcycle runner revolver target lightning helmet aeroplane",
    "adventure": "ship lantern balloon climber key aeroplane elephant tent sailboat",
    "animation": "balloon rabbit star child bird fox butterfly bear",
    "biography": "face book typewriter figure chair hat-figure mirror",
    "comedy": "hat umbrella shoe telephone apple balloon suitcase dog bicycle glass",
    "crime": "revolver hat-figure hat coin car telephone diamond knife glass",
    "documentary": "camera film-reel eye typewriter tree bird",
    "drama": (
        "figure chair door tree house letter couple window umbrella suitcase candle face flower"
    ),
    "family": "dog family house bear rabbit balloon child bicycle tree",
    "fantasy": "castle dragon sword crown witch key book tree",
    "history": "crown flag carriage castle helmet horse sword candle",
    "horror": "skull candle house staircase hand eye door moon mask",
    "music": "guitar piano saxophone drum violin",
    "musical": "dancer star shoe piano hat",
    "mystery": "key door hat-figure eye letter candle maze two-faces",
    "romance": "couple rose heart letter flower umbrella ring glass butterfly",
    "science fiction": "rocket robot planet saucer astronaut monolith eye",
    "sport": "football boxer runner shoe bicycle star",
    "thriller": "eye door knife telephone two-faces target staircase car hat-figure shards",
    "war": "helmet tank flag aeroplane bird letter",
    "western": "cowboy cactus horse revolver hat train rider",
}
_GENRE_SCENES = {
    "action": "skyline road bridge",
    "adventure": "mountain wave forest dunes island",
    "animation": "forest field stars",
    "comedy": "street field skyline",
    "crime": "skyline blinds street rain",
    "drama": "field street river rain",
    "family": "field forest",
    "fantasy": "forest mountain stars",
    "history": "columns field",
    "horror": "forest rain",
    "music": "curtain",
    "musical": "curtain skyline",
    "mystery": "blinds rain forest",
    "romance": "skyline bridge field stars",
    "science fiction": "stars skyline",
    "sport": "crowd",
    "thriller": "rain skyline blinds",
    "war": "field crowd birds",
    "western": "dunes mountain road",
}
_ANY_HEROES = "figure film-reel star door tree face chair window eye moon"


def heroes_of(genres: Iterable[str]) -> list[str]:
    """What can stand for a film of these genres, for the first genre that says so."""
    for genre in genres:
        if genre in _GENRE_HEROES:
            return _GENRE_HEROES[genre].split()
    return _ANY_HEROES.split()


def scenes_of(genres: Iterable[str]) -> list[str]:
    """What can go behind it; empty when the genres say nothing."""
    return next((_GENRE_SCENES[genre].split() for genre in genres if genre in _GENRE_SCENES), [])
