"""Words that ask for nothing a motion could show or miss: grammar, scenery, and names of tempo."""

_WORDS = """
a an the and or into then with without before followed by from out of off after over through to in
on onto at for while as is are his her their its he she it they toward along across around behind
beside under below above against down up every both again forward does do performs makes takes
gets goes

child boy girl water cup glass bottle pool sea breaststroke
person man woman someone athlete dancer fighter gymnast partner opponent opponents target teammate
attacker attackers attack attacks blow standing rushing incoming repeated offered presented
covering driving chased finishing dropping melting

floor mat ground stage diagonal cage centre line lane baseline court cone hurdle net wing runway
springboard table defence straight ready position end side sides row peak phrase race start new
angle height spot

foot feet hand hands arm arms leg legs toe toes hip hips spine fingertips ball zone body shoulder
shoulders chest heel knee plant front near middle forearm shape shapes contact impact
follow-through push-off string

parallel place thrown held snapping open opening closed frame close back travelling folded still
stance swinging range heavy
times doing perform figure ballerina wrestler boxer martial artist like circle
clockwise near far room air way something themselves himself herself

tempo pace rhythm beat count cadence flow even speed pressure pulse phrase breath adagio allegro
melody groove exchange grind attack rebound sequence approach barrage flurry drumbeat bell finish
rest landing feint suspension
"""

FILLERS = frozenset(_WORDS.split())
