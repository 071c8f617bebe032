"""``make compare RECORDING=file LAB=04``: what AWS answered somebody, beside what our engine answers to the same lab.

A recording is made by a run of a lab on AWS with `LAB_RECORD=folder` (`helpers/backend/recording.py` has its format;
read it before you send it). `make compare` runs the lab on an engine of its own, records it the same way, puts call
beside call, and lists which members of the responses differ. Marks, times, numbers within bodies, regions and what
measures (durations, sizes) differ by nature. A last line counts; the exit code is 1 if anything differs.

`recordings/` holds what people have sent, a file per lab: `04.jsonl`. So far nobody has. The file that is there,
`example-from-documentation.jsonl`, is no recording: a response as AWS's documentation prints it, in this format. A line
with a `comment` is not compared.

- `calls`: reads a recording and aligns two. `members`: the differences of two responses.
"""
