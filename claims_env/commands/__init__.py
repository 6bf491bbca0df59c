"""The commands of the command line, one file each.

A command is a module with `ABOUT`, one line for the overview, and `main(arguments)`.
"""
