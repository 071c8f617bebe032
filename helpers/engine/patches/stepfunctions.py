"""Rows for Step Functions, imported and applied at its first request."""

from __future__ import annotations

from ..patching import Patch
from ..stepfunctions import (
    fields,
    jsonata,
    lambda_errors,
    literals,
    log_streams,
    query_languages,
    task_roles,
    transitions,
)

COMPONENT = "localstack.services.stepfunctions.asl.component"
TASK = f"{COMPONENT}.state.state_execution.state_task"
STRING = f"{COMPONENT}.common.string.string_expression"

ROWS = (
    Patch(
        "localstack.services.stepfunctions.asl.eval.event.logging:CloudWatchLoggingConfiguration.__init__",
        log_streams.name_stream,
        "19b89ad54632",
        "names a log stream as CloudWatch Logs takes none",
        around=True,
    ),
    Patch(
        "localstack.services.stepfunctions.provider:StepFunctionsProvider._validate_definition",
        transitions.validate,
        "c46de39037b3",
        "takes names of states that are not there",
        around=True,
    ),
    Patch(
        f"{COMPONENT}.state.state_choice.state_choice:StateChoice._eval_state",
        transitions.choose,
        "47c01743c893",
        "fails in Python if no choice is made",
        around=True,
    ),
    Patch(
        f"{TASK}.service.state_task_service_lambda:StateTaskServiceLambda._error_cause_from_client_error",
        lambda_errors.error_and_cause,
        "ebcbb8bd6a4f",
        "makes up names of errors",
        around=True,
    ),
    Patch(
        f"{TASK}.state_task_lambda:StateTaskLambda._from_error",
        lambda_errors.from_error,
        "1a3cdc6f4b30",
        "the same",
        around=True,
    ),
    Patch(
        f"{STRING}:StringJSONata._eval_body",
        jsonata.evaluate_expression,
        "fc2281bc0a19",
        "downloads Java to evaluate JSONata",
    ),
    Patch(f"{STRING}:StringVariableSample._eval_body", jsonata.sample_variable, "75f19a5271d5", "the same"),
    Patch(
        f"{COMPONENT}.eval_component:EvalComponent.eval",
        fields.evaluate,
        "c39b1603f326",
        "does not know in which field an expression stands",
        around=True,
    ),
    Patch(
        "localstack.services.stepfunctions.asl.parse.preprocessor:Preprocessor._open_query_language_scope",
        query_languages.open_scope,
        "7507a211f12b",
        "refuses JSONPath once a definition in JSONata has failed",
        around=True,
    ),
    Patch(
        "localstack.services.stepfunctions.asl.parse.preprocessor:"
        "Preprocessor.visitAssign_template_value_terminal_string_literal",
        literals.assigned_text,
        "f1a04d4713ef",
        "keeps JSON's escapes in texts",
    ),
    Patch(
        "localstack.services.stepfunctions.asl.eval.variable_store:VariableStore.get_assigned_variables",
        literals.assigned_variables,
        "ca0563e537c8",
        "writes texts without escapes into histories",
    ),
    Patch(
        f"{COMPONENT}.state.state_execution.state_task.credentials:Credentials._eval_body",
        task_roles.evaluate,
        "ae0e73a52b0d",
        "forgets who assumes a task's role",
        around=True,
    ),
    Patch(
        "localstack.aws.connect:ClientFactory.with_assumed_role",
        task_roles.with_assumed_role,
        "22cfb31408b0",
        "lets the service itself assume it",
        around=True,
    ),
)
