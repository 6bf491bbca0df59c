"""Builds an environment from names. The one place where the core meets the rooms.

One file per kind of part; each holds a table of names and what makes the part. To register
another, add a line to its table: rooms are named there, and imported only when asked for.
"""

from claims_env.assembly.body_models import build_body
from claims_env.assembly.by_name import create
from claims_env.assembly.chats import Account, build_chat, is_chat, open_account
from claims_env.assembly.environment import build_env, env_of
from claims_env.assembly.generators import FOLDER_GENERATORS, GENERATORS, build_generator
from claims_env.assembly.judges import JUDGES, build_judge, judge_pictures
from claims_env.assembly.parts import build_parts
from claims_env.assembly.schedulers import SCHEDULERS, build_agent, build_scheduler
from claims_env.assembly.trackers import EXTERNAL, TRACKERS, build_tracker
from claims_env.assembly.words import check_words, official_words, shipped_evidence, whole_library

__all__ = [
    "EXTERNAL",
    "FOLDER_GENERATORS",
    "GENERATORS",
    "JUDGES",
    "SCHEDULERS",
    "TRACKERS",
    "Account",
    "build_agent",
    "build_body",
    "build_chat",
    "build_env",
    "build_generator",
    "build_judge",
    "build_parts",
    "build_scheduler",
    "build_tracker",
    "check_words",
    "create",
    "env_of",
    "is_chat",
    "judge_pictures",
    "official_words",
    "open_account",
    "shipped_evidence",
    "whole_library",
]
