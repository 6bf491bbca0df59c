# workers import one another as siblings; this is where that name leads
from claims_env.trackers.workers.graphics_card import *
