"""Amazon EventBridge Scheduler: schedules fire. LocalStack 4.9.2 only keeps them.

- `expressions` reads at(), rate() and cron(), and says when the next time is; `cron` are the six fields of the last.
- `clock` is the thread that waits for the next of all due times; it is started when something is first due.
- `schedules` keeps moto's records and the clock together, `validation` refuses what AWS refuses.
- `delivery` gives an occurrence to its target, again if that fails, and to the dead-letter queue in the end; `targets`
  are the calls, one for each kind of target.

Rules of EventBridge with a schedule go by the same clock and expressions: `rules`.
"""
