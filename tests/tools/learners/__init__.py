"""Learners who share one engine: each works through labs 01, 03 and 06 in an account of their own, without a pause.

    make learners            # one learner alone, then thirty at once; LEARNERS=10 for fewer

- `lab01`, `lab03` and `lab06` are the labs' calls, in the order of the notebooks: what AWS is asked, what has to come
  back. What the kernel does beside that (widgets, checks, `aws`) is left out.
- `learner` is one who plays: clients, and the time that each call took.
- `play` has many of them play at once, each in a process; `__main__` prints how one fared alone and how thirty did.
"""
