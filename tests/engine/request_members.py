"""What becomes of each member of Lambda's requests here: the table that `lambda_/test_request_members` walks.

A key is the path of a member in the newest service model, as in "LoggingConfig.LogFormat", or that of one operation, as
in "CreateAlias Name", which comes first. A structure has a row only if all of it has one fate. A verdict is:

- `NAMES`: it says which function, version, statement or page is meant;
- a test that shows that it acts, as "file::test", the file below tests;
- `STORED`: kept and given back, which is all that AWS does with it, or all that can be seen of it; a comment says so;
- `REFUSED`, or `REFUSED` and a code of AWS's: refused in one sentence, as what this engine has not, or by AWS.
"""

NAMES, STORED, REFUSED = "names", "stored", "refused"

MEMBERS = "engine/lambda_/test_members.py::"
URLS = "engine/lambda_/test_function_urls.py::"
STREAMS = "engine/lambda_/test_stream_mappings.py::"
QUEUES = "engine/lambda_/test_queue_mappings.py::"
UPDATES = "engine/lambda_/test_updates.py::"
LOGS = "engine/logs/test_function_logs.py::"
POLICIES = "engine/iam/test_authorization_functions.py::"
FUNCTIONS = "engine/lambda_/test_functions.py::"
EVENTS = "engine/lambda_/test_asynchronous.py::"
ATTEMPTS = "engine/lambda_/test_event_attempts.py::"
SERVICES = "engine/iam/test_authorization_services.py::"
ISOLATION = "engine/execution/test_isolation.py::"
CONCURRENCY = "engine/lambda_/test_concurrency.py::"
TENANTS = "engine/lambda_/test_tenancy.py::"
FAULTS = "engine/server/test_faults.py::"
CORS = URLS + "test_a_cors_configuration_answers_preflights_and_adds_headers"
BUCKET = MEMBERS + "test_code_comes_from_a_version_of_an_object"
CONDITION = MEMBERS + "test_a_condition_of_a_permission_keeps_others_out"
PERMISSION = POLICIES + "test_another_account_needs_both_sides"
BATCHES = STREAMS + "test_a_mapping_calls_its_function_with"
REVISION = MEMBERS + "test_a_revision_that_is_not_the_latest_is_refused"
LAYERS = "engine/lambda_/test_layers.py::test_a_runtime_that_is_asked_for_selects_layers_and_their_versions"
SIGNED = UPDATES + "test_an_unsigned_package_is_refused_where_signatures_are_enforced"

# Newer than LocalStack 4.9.2 (October 2025), or left out by it.
OPERATIONS_REFUSED = frozenset(
    """
    CheckpointDurableExecution CreateCapacityProvider DeleteCapacityProvider DeleteDurableExecution
    DeleteResourcePolicy GetCapacityProvider GetDurableExecution GetDurableExecutionHistory GetDurableExecutionState
    GetFunctionScalingConfig GetResourcePolicy InvokeAsync ListCapacityProviders ListDurableExecutionsByFunction
    ListFunctionVersionsByCapacityProvider PauseDurableExecution PutFunctionScalingConfig PutResourcePolicy
    ResumeDurableExecution SendDurableExecutionCallbackFailure SendDurableExecutionCallbackHeartbeat
    SendDurableExecutionCallbackSuccess StopDurableExecution UpdateCapacityProvider GetRuntimeManagementConfig
    PutRuntimeManagementConfig
    """.split()  # noqa: SIM905 (a list of quoted names reads worse)
)

VERDICTS = {
    "AcceleratorConfig": REFUSED,
    "Action": PERMISSION,
    "AddLayerVersionPermission Action": MEMBERS + "test_a_layer_for_an_organization_is_not_for_others",
    "AddLayerVersionPermission Principal": MEMBERS + "test_a_layer_for_an_organization_is_not_for_others",
    "AllowedPublishers.SigningProfileVersionArns": STORED,  # nothing is signed here: no publisher's signature is found
    "AmazonManagedKafkaEventSourceConfig": REFUSED,
    # Functions run on this machine's processor, whatever they name.
    "Architectures": STORED,
    "Arn": NAMES,
    "AuthType": POLICIES + "test_a_function_url_with_aws_iam_asks_who_signed",
    "BatchSize": BATCHES,
    "BisectBatchOnFunctionError": BATCHES,
    "CapacityProviderConfig": REFUSED,
    "ClientContext": FUNCTIONS + "test_client_context_reaches_the_handler",
    "Code.ImageUri": REFUSED,
    "Code.S3Bucket": BUCKET,
    "Code.S3Key": BUCKET,
    "Code.S3ObjectStorageMode": REFUSED,
    "Code.S3ObjectVersion": BUCKET,
    "Code.SourceKMSKeyArn": REFUSED,
    "Code.ZipFile": FUNCTIONS + "test_every_runtime_gets_the_event_and_answers_json",
    "CodeSha256": UPDATES + "test_without_a_change_too_a_wrong_hash_or_revision_is_refused",
    "CodeSigningConfigArn": NAMES,
    "CodeSigningPolicies.UntrustedArtifactOnDeployment": SIGNED,
    "CompatibleArchitecture": MEMBERS + "test_an_architecture_that_is_asked_for_selects_layers",
    "CompatibleArchitectures": MEMBERS + "test_an_architecture_that_is_asked_for_selects_layers",
    "CompatibleRuntime": LAYERS,
    "CompatibleRuntimes": LAYERS,
    "Content.S3Bucket": BUCKET,
    "Content.S3Key": BUCKET,
    "Content.S3ObjectStorageMode": REFUSED,
    "Content.S3ObjectVersion": BUCKET,
    "Content.ZipFile": "engine/lambda_/test_layers.py::test_of_two_files_of_one_name_that_of_the_later_layer_counts",
    "Cors.AllowCredentials": CORS,
    "Cors.AllowHeaders": CORS,
    "Cors.AllowMethods": CORS,
    "Cors.AllowOrigins": CORS,
    "Cors.ExposeHeaders": CORS,
    "Cors.MaxAge": CORS,
    "CreateAlias FunctionVersion": UPDATES + "test_an_alias_that_exists_takes_weights_and_routes_by_them",
    "CreateEventSourceMapping KMSKeyArn": REFUSED,
    "CreateEventSourceMapping LoggingConfig": REFUSED,
    "CreateFunction CodeSigningConfigArn": MEMBERS + "test_a_new_function_has_its_code_signing_configuration",
    "DeadLetterConfig.TargetArn": EVENTS + "test_a_dead_letter_is_the_event_with_the_invocations_request_id",
    "Description": STORED,
    "DestinationConfig.OnFailure.Destination": ATTEMPTS + "test_a_record_may_go_to_a_bucket",
    "DestinationConfig.OnSuccess.Destination": SERVICES + "test_a_destination_is_reached_with_the_functions_role",
    "CreateEventSourceMapping DestinationConfig.OnFailure.Destination": STREAMS
    + "test_a_stream_goes_on_after_a_batch_that_was_given_up_and_a_queue_is_told",
    "UpdateEventSourceMapping DestinationConfig.OnFailure.Destination": STREAMS
    + "test_a_stream_goes_on_after_a_batch_that_was_given_up_and_a_queue_is_told",
    "CreateEventSourceMapping DestinationConfig.OnSuccess.Destination": f"{REFUSED} InvalidParameterValueException",
    "UpdateEventSourceMapping DestinationConfig.OnSuccess.Destination": MEMBERS
    + "test_a_changed_mapping_has_no_destination_for_successes",
    "DocumentDBEventSourceConfig": REFUSED,
    "DryRun": UPDATES + "test_a_dry_run_checks_and_changes_nothing",
    "DurableConfig": REFUSED,
    "DurableExecutionName": REFUSED,
    "Enabled": QUEUES + "test_a_batch_is_gathered_until_its_window_ends_and_given_back_when_the_mapping_is_disabled",
    "Environment.Variables": FUNCTIONS + "test_a_function_sees_aws_variables_its_own_and_none_of_localstack",
    "EphemeralStorage.Size": ISOLATION + "test_tmp_is_its_own_of_its_own_size_and_stays_while_the_environment_is_warm",
    "EventSourceArn": BATCHES,
    "ListEventSourceMappings EventSourceArn": NAMES,
    "EventSourceToken": CONDITION,
    "FileSystemConfigs": REFUSED,
    "FilterCriteria.Filters.Pattern": QUEUES + "test_of_what_is_filtered",
    "FunctionName": NAMES,
    "FunctionResponseTypes": QUEUES + "test_only_what_failed_comes_back",
    "FunctionUrlAuthType": POLICIES + "test_a_public_function_url_needs_two_permissions",
    "FunctionVersion": NAMES,
    "Handler": FUNCTIONS + "test_mistakes_have_awss_error_types",
    "ImageConfig": REFUSED,
    "ImageUri": REFUSED,
    "InvocationType": FUNCTIONS + "test_dry_run_answers_204_and_event_202",
    "InvokeMode": URLS + "test_a_url_that_streams_passes_on_the_first_bytes_before_the_handler_ends",
    "InvokedViaFunctionUrl": POLICIES + "test_a_public_function_url_needs_two_permissions",
    "KMSKeyArn": REFUSED,
    "LayerName": NAMES,
    "Layers": FUNCTIONS + "test_layers_are_merged_in_order_into_opt_and_onto_the_module_path",
    "LicenseInfo": STORED,
    "LogType": FUNCTIONS + "test_the_log_is_start_line_end_report_and_init_duration_comes_once",
    "LoggingConfig.ApplicationLogLevel": LOGS + "test_levels_hide_what_is_below_them",
    "LoggingConfig.LogFormat": LOGS + "test_python_writes_the_fields_of_aws_as_json",
    "LoggingConfig.LogGroup": LOGS + "test_functions_share_a_group_of_their_own",
    "LoggingConfig.SystemLogLevel": LOGS + "test_levels_hide_what_is_below_them",
    "Marker": NAMES,
    "MasterRegion": REFUSED,
    "MaxItems": NAMES,
    "MaximumBatchingWindowInSeconds": QUEUES
    + "test_a_batch_is_gathered_until_its_window_ends_and_given_back_when_the_mapping_is_disabled",
    "MaximumEventAgeInSeconds": ATTEMPTS + "test_an_event_that_is_throttled_until_it_is_too_old_is_not_lost",
    "MaximumRecordAgeInSeconds": "unit/engine/lambda_/test_batches.py::test_of_batches",
    "MaximumRetryAttempts": EVENTS + "test_an_event_that_fails_is_tried_three_times_and_its_record_is_as_on_aws",
    "CreateEventSourceMapping MaximumRetryAttempts": BATCHES,
    "UpdateEventSourceMapping MaximumRetryAttempts": BATCHES,
    "MemorySize": FAULTS + "test_a_function_that_eats_memory_is_out_of_memory",
    "MetricsConfig.Metrics": REFUSED,
    "Name": NAMES,
    "OrganizationId": MEMBERS + "test_a_layer_for_an_organization_is_not_for_others",
    "PackageType": REFUSED,
    "ParallelizationFactor": STREAMS + "test_records_of_other_keys_do_not_wait_for_a_slow_one",
    "Payload": FUNCTIONS + "test_every_runtime_gets_the_event_and_answers_json",
    "Principal": PERMISSION,
    "PrincipalOrgID": CONDITION,
    "ProvisionedConcurrentExecutions": CONCURRENCY
    + "test_provisioned_concurrency_is_initialized_before_the_first_invocation",
    "ProvisionedPollerConfig": REFUSED,
    "Publish": BUCKET,
    "PublishTo": REFUSED,
    "Qualifier": NAMES,
    "Queues": REFUSED,
    "RecursiveLoop": "engine/lambda_/test_recursion.py::test_with_allow_a_loop_goes_on",
    "ReservedConcurrentExecutions": CONCURRENCY + "test_reserved_concurrency_throttles_what_is_over_it",
    "Resource": NAMES,
    "RevisionId": REVISION,
    "Role": FUNCTIONS + "test_a_function_calls_aws_with_its_own_role",
    "RoutingConfig.AdditionalVersionWeights": UPDATES + "test_an_alias_that_exists_takes_weights_and_routes_by_them",
    "Runtime": FUNCTIONS + "test_every_runtime_gets_the_event_and_answers_json",
    "RuntimeConfig": REFUSED,
    "S3Bucket": BUCKET,
    "S3Key": BUCKET,
    "S3ObjectStorageMode": REFUSED,
    "S3ObjectVersion": BUCKET,
    "ScalingConfig.MaximumConcurrency": QUEUES + "test_so_many_batches_run_at_once",
    "SelfManagedEventSource": REFUSED,
    "SelfManagedKafkaEventSourceConfig": REFUSED,
    "SnapStart.ApplyOn": REFUSED,
    "SourceAccessConfigurations": REFUSED,
    "SourceAccount": CONDITION,
    "SourceArn": CONDITION,
    "SourceKMSKeyArn": REFUSED,
    "StartingPosition": STREAMS + "test_a_mapping_of_the_latest_records_leaves_out_older_ones_and_misses_none",
    "StartingPositionTimestamp": STREAMS + "test_a_timestamp_is_where_a_mapping_begins",
    "StatementId": NAMES,
    "TagKeys": MEMBERS + "test_tags_that_are_taken_away_are_gone",
    "Tags": STORED,
    "TenancyConfig.TenantIsolationMode": TENANTS + "test_tenants_share_no_environment",
    "TenantId": TENANTS + "test_tenants_share_no_environment",
    "Timeout": FAULTS + "test_a_function_that_hangs_is_ended_at_its_timeout",
    "Topics": REFUSED,
    "TracingConfig.Mode": MEMBERS + "test_tracing_decides_what_is_sampled_unless_the_caller_has",
    "TumblingWindowInSeconds": STREAMS + "test_a_window_carries_a_state_to_its_final_call",
    "UUID": NAMES,
    "UpdateAlias FunctionVersion": UPDATES + "test_an_alias_cannot_be_moved_to_a_version_that_does_not_exist",
    "UpdateEventSourceMapping KMSKeyArn": REFUSED,
    "UpdateEventSourceMapping LoggingConfig": REFUSED,
    "VersionNumber": NAMES,
    "VpcConfig.Ipv6AllowedForDualStack": REFUSED,
    "VpcConfig.SecurityGroupIds": REFUSED,
    "VpcConfig.SubnetIds": REFUSED,
    "ZipFile": CONCURRENCY + "test_an_update_of_the_code_replaces_the_environment",
}
