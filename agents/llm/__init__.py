"""The paper's scheduler: a language model reads how the last round went and writes the next one.

It is asked about a few sets of one domain at a time and answers in ids of the library, with its
reasons; whatever it gets wrong is mended set by set, in the end by the rule in code. What it is
told lies in `prompts`, to be read and edited.
"""
