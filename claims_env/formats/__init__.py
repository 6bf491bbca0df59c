"""The formats: one file per foreign motion format, each a plain function from a path to a motion.

To add one, write `import_<format>` here: it names file, field and cure in a `MotionError`, never
unpickles, keeps the clip's own frame rate and says in the provenance what it had to assume.
"""
