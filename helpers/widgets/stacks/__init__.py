"""Stacks of AWS CloudFormation, as pictures that need no kernel.

`beside` shows a template next to the calls that it replaces, `changes` a change set as a coloured diff, `events` what
happened to a stack over time.
"""
