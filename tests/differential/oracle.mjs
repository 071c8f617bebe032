// Asks @cloud-copilot/iam-simulate about cases, one JSON object per line: stdin to stdout, "allowed", "explicitDeny",
// "implicitDeny" or an object with an error. Installed by whoever runs this, in a folder of their own: see __init__.py.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const folder = process.argv[2]
const { anonymousPrincipal, runSimulation } = createRequire(`${folder}/`)('@cloud-copilot/iam-simulate')
const effects = { Allowed: 'allowed', ExplicitlyDenied: 'explicitDeny', ImplicitlyDenied: 'implicitDeny' }
const named = (policies) => policies.map((policy, index) => ({ name: String(index), policy }))

for await (const line of createInterface({ input: process.stdin })) {
  const { principal, action, resource, resourceAccount, context, identity, boundary, session, resourcePolicy } =
    JSON.parse(line)
  const answer = await runSimulation(
    {
      request: {
        principal: principal ?? anonymousPrincipal,
        action,
        resource: { resource, accountId: resourceAccount },
        contextVariables: context
      },
      identityPolicies: named(identity),
      permissionBoundaryPolicies: boundary ? named([boundary]) : undefined,
      sessionPolicy: session ?? undefined,
      resourcePolicy: resourcePolicy ?? undefined,
      serviceControlPolicies: [],
      resourceControlPolicies: []
    },
    {}
  )
  const said = answer.resultType === 'error' ? { error: answer.errors } : effects[answer.overallResult]
  console.log(JSON.stringify(said ?? { error: answer }))
}
