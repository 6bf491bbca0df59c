"""Generators: whatever turns prompts into motions; one file or folder each.

To add one, meet `claims_env.generator.MotionGenerator` and give it a name in
`claims_env.assembly.GENERATORS`. `claims_env.testing.check_generator` says whether it keeps the
contract.
"""
