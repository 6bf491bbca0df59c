"""Synonyms: which words are alike, which only qualify, and which say nothing about a motion."""

from collections.abc import Mapping

from claims_env.generators.mocap_retrieval.words import stem, stems

_ALIKE: tuple[tuple[str, float, str], ...] = (
    ("punch", 0.75, "jab cross hook uppercut strike box boxing boxer blow hit elbow palm"),
    ("strike", 0.75, "slap chop"),
    ("kick", 0.7, "roundhouse sidekick dropkick mawashi geri kneestrike"),
    ("roundhouse", 0.95, "mawashi"),
    ("volley", 0.6, "kick"),
    ("instep", 0.6, "soccer football"),
    ("soccer", 0.95, "football"),
    ("ball", 0.7, "soccer football basketball dribble volleyball"),
    ("block", 0.8, "parry guard deflect shield"),
    ("duck", 0.8, "dodge weave evade slip bob"),
    ("fight", 0.6, "combat punch strike spar attack guard fighter"),
    ("sword", 0.85, "blade fencing fence swordplay sabre katana swordsman"),
    ("cut", 0.6, "slash thrust stab"),
    ("pirouette", 0.7, "promenade chaine twirl"),
    ("spin", 0.8, "pirouette twirl whirl rotate"),
    ("turn", 0.7, "spin pivot pirouette twirl rotate chaine swivel"),
    ("arabesque", 0.8, "attitude retire penche developpe balance scale"),
    ("leap", 0.8, "jete bound"),
    ("jump", 0.75, "leap hop bound vault bounce skip"),
    ("plie", 0.7, "squat"),
    ("dance", 0.7, "dancer ballet dancing waltz salsa groove street"),
    ("flip", 0.8, "somersault salto backflip tumble"),
    ("roll", 0.8, "somersault tumble"),
    ("cartwheel", 0.8, "roundoff"),
    ("handspring", 0.7, "roundoff aerial"),
    ("run", 0.75, "jog sprint race dash runner jogger"),
    (
        "walk",
        0.75,
        "stroll step stride pace march wander amble shuffle sidestep backstep backpedal",
    ),
    ("step", 0.7, "shuffle stride sidestep backstep"),
    ("crawl", 0.8, "creep"),
    ("getup", 0.8, "rise arise"),
    ("dribble", 0.6, "basketball bounce"),
    ("basketball", 0.7, "dribble"),
    ("throw", 0.8, "toss hurl fling pitch pass"),
    ("kneel", 0.7, "crouch"),
    ("crouch", 0.7, "squat duck levelchange"),
    ("squat", 0.7, "crouch levelchange"),
    ("balance", 0.6, "scale"),
    ("wave", 0.7, "greet"),
    ("bow", 0.8, "curtsy"),
    ("sit", 0.7, "seat"),
    ("lie", 0.7, "lay"),
)
"""A word, how alike, and the words that mean something of its kind."""

_QUALIFYING = """
arm elbow hand fist wrist finger palm shoulder chest spine back waist hip knee leg foot toe heel
shin head face neck rib trunk torso guard stance body limb
front side left right forward backward sideway up down upward downward inside outside lead near far
both one two single double triple twice three four several repeat repeatedly again multiple pair
half quarter full high low deep shallow small large big huge long short wide narrow giant tall
level open soft hard light heavy sharp sweep rising whipping driving
slow slowly fast quick quickly brisk rapid explosive strong gentle gently easy relaxed calm
straight bent round circular diagonal spiral stretch extend hold reach lift bend raise lower
middle overhead lateral flying soaring powerful
runway table lane baseline springboard wing cone cage net zone track court field hurdle bench beam
row path diagonal pace defence rim bag wall
stand still ready new start stop advance begin finish end set regular expressive
"""
"""Words that tell one take of an action from another, but are no action themselves."""

_IDLE = """
a an the and or into then with without before followed by from out of off after over through to in
on onto at for while as is are was be being has have his her hi their its it he she they them him
that this which who toward towards along across around behind beside under below above against
every do does did perform make take get go come use show give seem appear look try
person man woman someone somebody human people figure character subject body athlete fighter
gymnast partner opponent teammate attacker target
cmu amass smpl kit mocap clip motion movement action take frame npz pose sequence cycle unroll
very slightly somewhat just also almost about some other each another same all more most
floor ground mat stage place position direction area room spot line centre center air way
"""
"""Words that say nothing about a motion."""

_DOMAIN_WORDS = {
    "combat": "fight punch strike guard duck",
    "dance": "dance pirouette arabesque turn",
    "gymnastics": "cartwheel handspring flip roll jump",
    "martial_arts": "karate kick punch block",
    "sport": "run jump ball walk",
}
"""What to look for in a domain when no action is found."""

_OTHERWISE = {
    ("sport", "cut"): "turn",
    ("combat", "cut"): "turn",
    ("gymnastics", "scale"): "arabesque",
}
"""What a word means in one domain alone: an athlete's cut is no sword's."""

QUALIFIERS = frozenset(stem(word) for word in _QUALIFYING.replace("-", " ").split())
IDLE = frozenset(stem(word) for word in _IDLE.split())


def _relations() -> dict[str, dict[str, float]]:
    kinds: dict[str, dict[str, float]] = {}
    for head, weight, members in _ALIKE:
        for member in members.split():
            kinds.setdefault(stem(member), {})[stem(head)] = weight
    return kinds


_KINDS = _relations()
_MEANT = {(domain, stem(word)): stem(other) for (domain, word), other in _OTHERWISE.items()}


def kinds_of(word: str) -> Mapping[str, float]:
    """Return a stem and the stems of its kind, each with how alike they are, 0 to 1."""
    return {**_KINDS.get(word, {}), word: 1.0}


def alikeness(asked: str, said: str) -> float:
    """Return how alike two stems are: 1 the same, 0 nothing in common.

    Two words of one kind ('jab' and 'hook' are both a 'punch') are alike by the product.
    """
    if asked == said:
        return 1.0
    there = kinds_of(said)
    return max((w * there[kind] for kind, w in kinds_of(asked).items() if kind in there), default=0)


def meant(word: str, domain: str) -> str:
    """Return the stem a domain means by a stem."""
    return _MEANT.get((domain, word), word)


def domain_stems(domain: str) -> tuple[str, ...]:
    """Return what to look for in a domain; its own name where nobody listed any."""
    return stems(_DOMAIN_WORDS.get(domain, domain.replace("_", " ")))
