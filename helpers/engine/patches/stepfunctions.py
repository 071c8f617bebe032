"""Rows for Step Functions, imported and applied at its first request."""

from __future__ import annotations

from ..patching import Patch
from ..stepfunctions import (
    choices,
    definitions,
    failures,
    fields,
    intrinsics,
    jsonata,
    lambda_errors,
    literals,
    log_streams,
    map_runs,
    query_languages,
    task_roles,
    task_tokens,
)

COMPONENT = "localstack.services.stepfunctions.asl.component"
TASK = f"{COMPONENT}.state.state_execution.state_task"
STRING = f"{COMPONENT}.common.string.string_expression"
COMPARISON = f"{COMPONENT}.state.state_choice.comparison"
MAP = f"{COMPONENT}.state.state_execution.state_map.iteration"
PROVIDER = "localstack.services.stepfunctions.provider:StepFunctionsProvider"
INTRINSIC = f"{COMPONENT}.intrinsic.function.statesfunction"
INTRINSIC_PARSE = "localstack.services.stepfunctions.asl.parse.intrinsic"

ROWS = (
    Patch(
        "localstack.services.stepfunctions.asl.eval.event.logging:CloudWatchLoggingConfiguration.__init__",
        log_streams.name_stream,
        "19b89ad54632",
        "names a log stream as CloudWatch Logs takes none",
        around=True,
    ),
    Patch(
        "localstack.services.stepfunctions.backend.execution_worker:ExecutionWorker.stop",
        task_tokens.stop,
        "dc18be1944e1",
        "lets tasks with a token wait on",
        around=True,
    ),
    Patch(
        f"{COMPONENT}.state.state_execution.execute_state:ExecutionState._evaluate_with_timeout",
        task_tokens.end_quietly,
        "c56deda08a42",
        "fails an execution that was stopped",
        around=True,
    ),
    Patch(
        f"{PROVIDER}._validate_definition",
        definitions.validate,
        "c46de39037b3",
        "takes much that AWS refuses, and refuses in the words of its parser",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.validate_state_machine_definition",
        definitions.diagnose,
        "b8fecd8f4047",
        "does not say where a problem is",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.create_state_machine",
        definitions.create,
        "82608c18a820",
        "takes any name",
        around=True,
    ),
    Patch(
        f"{COMPONENT}.state.state:CommonStateField._eval_body",
        failures.evaluate_state,
        "28b3c6c7f841",
        "ends executions with names of Python's errors",
        around=True,
    ),
    Patch(
        f"{COMPONENT}.state.state_choice.state_choice:StateChoice._eval_state",
        choices.choose,
        "47c01743c893",
        "fails in Python if no choice is made",
        around=True,
    ),
    Patch(
        f"{COMPARISON}.comparison_variable:ComparisonVariable._eval_body",
        choices.compare,
        "55861cce2bef",
        "compares variables that are not there",
    ),
    Patch(
        f"{COMPARISON}.operator.implementations.string_operators:StringMatches._compare",
        choices.matches,
        "95c2424d22ca",
        "has wildcards of a shell, and no escapes",
    ),
    Patch(
        f"{MAP}.itemprocessor.distributed_item_processor_worker:DistributedItemProcessorWorker._eval_job",
        map_runs.run_item,
        "c97e0ed4aba1",
        "takes an item that failed for null",
        around=True,
    ),
    Patch(
        f"{MAP}.iterator.distributed_iterator_worker:DistributedIteratorWorker._eval_job",
        map_runs.run_item,
        "e3974b8c32b7",
        "the same",
        around=True,
    ),
    Patch(
        f"{MAP}.distributed_iteration_component:DistributedIterationComponent._map_run",
        map_runs.run,
        "e45cb604929f",
        "lets every run succeed",
        around=True,
    ),
    Patch(
        "localstack.services.stepfunctions.asl.parse.asl_parser:AmazonStateLanguageParser.parse",
        map_runs.parse,
        "a59a7d18760f",
        "takes a percentage with a fraction only",
        around=True,
    ),
    Patch(
        f"{COMPONENT}.state.state_execution.state_map.state_map:StateMap._eval_execution",
        map_runs.iterate,
        "3c87c33890ba",
        "names Python's type of what is no array",
        around=True,
    ),
    Patch(
        f"{PROVIDER}.send_task_success",
        task_tokens.send_success,
        "7cdb6939ba79",
        "takes what is no JSON, and forgets tokens",
        around=True,
    ),
    Patch(f"{PROVIDER}.send_task_failure", task_tokens.send_failure, "8a8bbcbb4b70", "the same", around=True),
    Patch(f"{PROVIDER}.send_task_heartbeat", task_tokens.send_heartbeat, "e1bc59ca7b16", "the same", around=True),
    Patch(
        f"{INTRINSIC_PARSE}.intrinsic_parser:IntrinsicParser.parse",
        intrinsics.parse,
        "9f7bf0002f09",
        "reads calls with JSON's escapes, and goes on after what it does not understand",
    ),
    Patch(
        f"{INTRINSIC_PARSE}.preprocessor:Preprocessor._text_of_str",
        intrinsics.literal,
        "4eb4e4be278b",
        "has other escapes",
    ),
    Patch(
        f"{INTRINSIC_PARSE}.preprocessor:Preprocessor.visitFunc_arg_float",
        intrinsics.number,
        "4dbfe6259640",
        "knows no fractions",
    ),
    Patch(
        f"{INTRINSIC}.generic.string_format:StringFormat._eval_body",
        intrinsics.string_format,
        "97791ffd1722",
        "formats as Python does",
    ),
    Patch(
        f"{INTRINSIC}.encoding_decoding.base_64_encode:Base64Encode._eval_body",
        intrinsics.base64_encode,
        "03f70b1d84a0",
        "knows ASCII alone",
    ),
    Patch(
        f"{INTRINSIC}.encoding_decoding.base_64_decode:Base64Decode._eval_body",
        intrinsics.base64_decode,
        "bae89fcd08ed",
        "the same",
    ),
    Patch(
        f"{STRING}:StringIntrinsicFunction._eval_body",
        intrinsics.evaluate,
        "be8691229e2d",
        "fails with Python's errors",
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
