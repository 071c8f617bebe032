"""A room: who is where, from what attendees have chosen to share (`helpers.state.sharing`), for the instructor.

    python -m helpers room /srv/room     # makes the folder, and serves the page on 127.0.0.1 until Ctrl+C

- `attendees` reads the folder. Files in it are other people's: what is not exactly as expected is counted and left.
- `page` writes the page: labs × attendees, exercises × how many have solved them; `room.css`, `room.js`.
- `server` serves it, on this machine's loopback, under an address that nobody else on the machine knows.
"""
