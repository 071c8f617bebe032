"""The policy evaluator compared with another implementation of AWS's rules, on random cases. Not part of `make test`.

The other one is the npm package @cloud-copilot/iam-simulate. Its licence, AGPL, keeps it out of this repository: no
file of it, no line of a lock. Whoever wants the comparison installs it in a folder outside, with Node.js 20 or newer:

    mkdir /tmp/oracle && cd /tmp/oracle && npm install @cloud-copilot/iam-simulate
    make differential ORACLE=/tmp/oracle        # or with CASES=2000 SEED=7

The bar: at most 0.2 % of 40,000 cases differ, and none is allowed by us alone. `cases` makes the cases, `oracle.mjs`
asks the package, `__main__` counts. Each part of a policy that we decide on is in them: identity-based and
resource-based policies, boundaries and session policies, own and other account, Not-elements, wildcards, variables,
all operators but BinaryEquals (no global key is binary), IfExists, Null, ForAllValues, ForAnyValue; a user, a role
session, a service, nobody. Not in them, and tested in tests/unit/engine/iam/policy_evaluation only: the root user,
identity providers, canonical users, version 2008-10-17, malformed documents.

Result on 21 November 2026, iam-simulate 0.1.173, Node.js 20: of 40,000 cases (seed 1) the oracle allowed 10,829, denied
8,567 explicitly and 20,604 implicitly; we decided the same in every one.

Where the package decides otherwise than AWS documents, the random cases keep away; `differences` has one case of each,
with the sentence of AWS's that we follow, and the run checks that the two still differ there. We decide as documented
in all of them; AWS itself was not asked.
"""
