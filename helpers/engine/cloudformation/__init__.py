"""AWS CloudFormation, on the engine of LocalStack's that compares templates ("v2", its default in 4.9.2).

- A request: `operations` (CreateStack, UpdateStack, DeleteStack) and `change_sets` ask `requests` for the template and
  the stack, `template_format`, `parameters` and `resource_types` whether it can be, `template_functions` whether its
  functions are, `rules` whether its parameters fit together, `dependencies` and `dynamic_references` whether what it
  names is there, `capabilities` whether it was acknowledged, `stack_roles` as whom to act, `changes` what there is to
  do, `change_details` to which properties.
  `transforms` says why one failed, `language_extensions` does what is missing in one.
- The work, in a thread: `stacks` says what becomes of a stack, `deployment` makes resources, `removal` deletes them,
  `failures` words the reasons, `exports` keeps what other stacks import, `attributes` are what Fn::GetAtt finds.
- Properties: `properties` are checked by the type's schema, `existing` asks whether a name is taken, `updates` change
  resources in place, `functions`, `permissions`, `left_out` and `api_stages` set what LocalStack leaves out.
- Resources: `custom_resources` call a function and wait for what it puts to the URL of `responses`, inline code with
  the module in `cfn_response`; `nested_stacks` are stacks in stacks; `small_types` need one call each.
- `drift` compares what was made with the template, when asked to.
- `descriptions` is what is told of a stack, `templates` of a template.
"""
