"""Retrieval from a folder of captioned motion capture: a generator for whoever has recordings.

A prompt is read into single actions (`request`), each is answered by the caption that fits best
(`caption_index`, `casting`), and the recordings are cut (`windows`), joined where they fit (`seam`,
`splice`) and fitted to the clip (`retiming`). To teach it a word, add it to `synonyms`.
"""

from claims_env.generators.mocap_retrieval.mocap_retrieval import MocapRetrieval

__all__ = ["MocapRetrieval"]
