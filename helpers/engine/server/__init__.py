"""What belongs to no AWS service: the engine as a server on this machine.

- `front/` serves HTTP on the engine's port.
- `front_door` is the first to see a request; `browsers` keeps pages of other origins out, `endpoints` says which
  addresses that are not AWS's API are there, and for whom.
- `absent` is the list of what this engine has not, `not_here` is how it says so, `newer_members` finds what is newer
  than LocalStack's release.
- `credential_scopes` is what a header says of who signed, before that is verified.
- `constraints` are what a service's own model demands of a request, in AWS's words, `required` which members it has
  to have. `unreadable` answers what is no request at all.
- `given_expressions` are regular expressions that somebody gives, which may hold nobody up.
- `request_bodies`, `yaml_documents` and `outgoing_requests` set limits to what comes in and what is fetched.
- `raw_bodies` has the body of a request to an API or to a function URL as it arrived, `event_bodies` as an event has
  it.
- `loopback` is how the engine calls itself.
- `stores` lets services list what they keep while it changes; `memory_release` gives memory back after a load.
- `late_modules` are imported when they are used, and not at the start; `startup` is its end; `garbage` is looked for
  after that. `service_catalog` is LocalStack's index of services, built ahead; `service_models` are descriptions of
  services, as botocore has them. `response_headers` are those of AWS. `status` says what this engine is and does.
"""
