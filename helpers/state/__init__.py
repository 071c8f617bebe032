"""What the labs keep on disk, in `.lab/` or the folder that LAB_HOME names.

- `home`: where that folder is, how it is locked, how a file in it is written.
- `progress`: the exercises that are done; `sharing`: telling a room of them, for those who ask for it.
- `test_events`: the console's saved test events.
- `last_account`: the account of the lab that was started last.
- `interrupts` puts an interrupt off while something is written.
"""
