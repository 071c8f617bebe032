"""The console of one function, as in the AWS Management Console (2026-11).

- `console` has the methods; `frame` is the window around its tabs, `tab` what they share.
- `code_tab`, `test_tab`, `monitor_tab` and `configuration_tab` draw them.
- `code` fetches and deploys a function's code, `package` edits the zip file, `configuration` reads and changes
  settings, `metrics` reads CloudWatch.
"""
