"""The same news as each source sends it: `sources` knows events by their looks, `envelopes` opens what is within them.

`event_inspector` reads a function's log and shows the events side by side, as `cards` draws them.
"""
